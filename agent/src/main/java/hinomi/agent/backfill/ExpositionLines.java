package hinomi.agent.backfill;

import hinomi.model.BadInput;
import hinomi.model.Sample;
import hinomi.wire.Exposition;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// An exposition text in which each sample has its time: OpenMetrics as `promtool tsdb
/// dump-openmetrics` writes it, or Prometheus' text 0.0.4. Its comments say nothing that is needed.
public final class ExpositionLines implements PastSamples {
  private static final String END = "# EOF";

  private final BufferedReader lines;
  private final Exposition.Dialect dialect;
  private long before; // lines of the pieces before
  private boolean ended;

  public ExpositionLines(BufferedReader lines, Exposition.Dialect dialect) {
    this.lines = lines;
    this.dialect = dialect;
  }

  @Override
  public List<Sample> next() throws IOException {
    List<Sample> samples = List.of();
    while (samples.isEmpty() && !ended) {
      samples = piece();
    }
    return samples;
  }

  private List<Sample> piece() throws IOException {
    StringBuilder text = new StringBuilder();
    int count = 0;
    while (count < PIECE && !ended) {
      String line = lines.readLine();
      if (line == null) {
        if (dialect == Exposition.Dialect.OPENMETRICS) {
          throw new BadInput("there is no # EOF at the end: the file is not whole");
        }
        ended = true;
      } else if (line.equals(END) && dialect == Exposition.Dialect.OPENMETRICS) {
        ended = true;
      } else {
        // A comment stays as an empty one, so that lines are counted as they stand.
        text.append(line.startsWith("#") ? "#" : line).append('\n');
        count++;
      }
    }
    List<Sample> samples = parsed(text);
    before += count;
    return samples;
  }

  private List<Sample> parsed(StringBuilder text) {
    if (dialect == Exposition.Dialect.OPENMETRICS) {
      text.append(END).append('\n');
    }
    List<Sample> samples = new ArrayList<>();
    try {
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      for (Exposition.Family family : Exposition.parse(bytes, dialect)) {
        for (Exposition.Point point : family.points()) {
          long timestamp =
              point
                  .timestamp()
                  .orElseThrow(() -> new BadInput("a sample has no time: " + point.labels()));
          samples.add(new Sample(point.labels(), timestamp, point.value()));
        }
      }
    } catch (BadInput e) {
      throw e.offset() == BadInput.NOWHERE ? e : placed(e, text);
    }
    return samples;
  }

  private BadInput placed(BadInput e, CharSequence text) {
    long line = before + 1 + text.chars().limit(e.offset()).filter(c -> c == '\n').count();
    return new BadInput("line " + line + ": " + e.reason().replaceFirst("^line \\d+: ", ""));
  }
}
