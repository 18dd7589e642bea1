package hinomi.server;

import hinomi.agent.backfill.Backfill;
import hinomi.agent.backfill.ExportLines;
import hinomi.agent.backfill.ExpositionLines;
import hinomi.agent.backfill.PastSamples;
import hinomi.agent.ship.Shipment;
import hinomi.model.Missing;
import hinomi.model.SystemTime;
import hinomi.wire.Exposition;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.zip.GZIPInputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./hinomi backfill FILE…`: brings samples of the past to a running server. Ends with 1 when some
/// were refused, which are told by reason.
@Command(
    name = "backfill",
    header = "Brings samples that another system has kept.",
    description = "Such as: promtool tsdb dump-openmetrics DATA | ./hinomi backfill -")
final class BackfillCommand implements Callable<Integer> {
  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "the server; default: ${DEFAULT-VALUE}")
  private URI server = URI.create("http://127.0.0.1:8480");

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "${COMPLETION-CANDIDATES}; default: victoriametrics for .json and .jsonl,"
              + " openmetrics otherwise")
  private Format format = Format.guessed;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "files, also with .gz; - is the standard input")
  private List<Path> files = List.of();

  /// As they are written on the command line.
  enum Format {
    guessed,
    openmetrics,
    prometheus,
    victoriametrics
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (SystemTime time = new SystemTime();
        HttpClient client = HttpClient.newHttpClient()) {
      BackfillProgress progress = new BackfillProgress(System.err, time);
      Shipment shipment = new Shipment(client, server, Shipment.PAST, time, progress::waiting);
      Backfill backfill = new Backfill(shipment, progress::at);
      for (Path file : files) {
        try (BufferedReader lines = open(file)) {
          progress.file(file);
          Backfill.State _ = backfill.run(samples(file, lines));
        }
      }
      return progress.end() ? 0 : 1;
    }
  }

  private static BufferedReader open(Path file) throws IOException {
    boolean standard = file.toString().equals("-");
    if (!standard && !Files.isReadable(file)) {
      throw new Missing("the file " + file + " cannot be read");
    }
    InputStream bytes = standard ? System.in : Files.newInputStream(file);
    if (file.toString().endsWith(".gz")) {
      bytes = new GZIPInputStream(bytes);
    }
    return new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
  }

  private PastSamples samples(Path file, BufferedReader lines) {
    return switch (format) {
      case guessed ->
          file.toString().toLowerCase(Locale.ROOT).matches(".*\\.jsonl?(\\.gz)?")
              ? new ExportLines(lines)
              : new ExpositionLines(lines, Exposition.Dialect.OPENMETRICS);
      case openmetrics -> new ExpositionLines(lines, Exposition.Dialect.OPENMETRICS);
      case prometheus -> new ExpositionLines(lines, Exposition.Dialect.PROMETHEUS);
      case victoriametrics -> new ExportLines(lines);
    };
  }
}
