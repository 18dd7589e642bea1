package hinomi.agent.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What Linux alone tells: the counters of `/proc/stat`, pressure (PSI), open files. A file that
/// this kernel does not have yields no series.
final class KernelReading implements Reading {
  private static final Map<String, String> STAT =
      Map.of(
          "ctxt", "node_context_switches_total",
          "intr", "node_intr_total",
          "processes", "node_forks_total",
          "procs_running", "node_procs_running",
          "procs_blocked", "node_procs_blocked");

  /// `some avg10=0.00 avg60=0.00 avg300=0.00 total=6313`.
  private static final Pattern PRESSURE = Pattern.compile("(some|full) .*total=(\\d+)");

  private final Path proc;

  KernelReading(Path proc) {
    this.proc = proc;
  }

  @Override
  public void read(Measures into) throws IOException {
    for (String line : Files.readAllLines(proc.resolve("stat"))) {
      String[] words = line.split(" ", 3);
      String metric = STAT.get(words[0]);
      if (metric != null) {
        into.add(metric, Long.parseLong(words[1]));
      }
    }
    addPressure(into, "cpu");
    addPressure(into, "memory");
    addPressure(into, "io");
    Path files = proc.resolve("sys/fs/file-nr");
    if (Files.isReadable(files)) {
      String[] words = atOnce(files).strip().split("\\s+");
      into.add("node_filefd_allocated", Long.parseLong(words[0]));
      into.add("node_filefd_maximum", Double.parseDouble(words[2]));
    }
  }

  /// The files of `/proc/sys` answer the first read alone, so it must be large enough.
  private static String atOnce(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = new byte[4096];
      int length = in.read(bytes);
      return new String(bytes, 0, Math.max(0, length), StandardCharsets.US_ASCII);
    }
  }

  private void addPressure(Measures into, String resource) throws IOException {
    Path file = proc.resolve("pressure").resolve(resource);
    if (!Files.isReadable(file)) {
      return;
    }
    for (String line : Files.readAllLines(file)) {
      Matcher matcher = PRESSURE.matcher(line);
      if (matcher.matches()) {
        boolean some = matcher.group(1).equals("some");
        // For the processor the kernel prints "full" only for looks; node_exporter skips it too.
        if (some || !resource.equals("cpu")) {
          into.add(
              "node_pressure_" + resource + (some ? "_waiting" : "_stalled") + "_seconds_total",
              Long.parseLong(matcher.group(2)) / 1e6);
        }
      }
    }
  }
}
