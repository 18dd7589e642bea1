import hinomi.model.Labels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Rules over a [Fleet], in Prometheus' format: of each series of a host and each hundred of hosts
/// one rule, which looks at a hundred series and finds them all well. Every tenth records an
/// average instead. So many hosts as there are hundreds have two thousand rules, and each series is
/// looked at by one.
final class RuleFiles {
  private static final int IN_A_GROUP = 50;
  private static final int HUNDRED = 100;

  private RuleFiles() {}

  /// Writes `rules.yml` with so many rules at most; `first` is put before them.
  static void write(Path file, Fleet fleet, int perHost, int rules, String first)
      throws IOException {
    StringBuilder text = new StringBuilder("groups:\n").append(first);
    int hundreds = Math.max(1, fleet.size() / perHost / HUNDRED);
    List<Labels> series = new ArrayList<>();
    for (int i = 0; i < perHost; i++) {
      series.add(fleet.next(i, 0).labels());
    }
    for (int n = 0; n < Math.min(rules, hundreds * perHost); n++) {
      if (n % IN_A_GROUP == 0) {
        text.append("- name: fleet-")
            .append(n / IN_A_GROUP)
            .append("\n  interval: 15s\n  rules:\n");
      }
      text.append(rule(n, series.get(n % perHost), n / perHost));
    }
    Files.writeString(file, text);
  }

  private static String rule(int n, Labels series, int hundred) {
    StringBuilder selector = new StringBuilder(series.get(Labels.NAME)).append('{');
    series
        .toMap()
        .forEach((name, value) -> {
          if (!List.of(Labels.NAME, "dc", "instance").contains(name)) {
            selector.append(name).append("=\"").append(value).append("\",");
          }
        });
    selector.append("instance=~\"host-%02d..:9100\"}".formatted(hundred));
    boolean counts = series.get(Labels.NAME).matches(".*_(total|count|sum|bucket)");
    String value = counts ? "rate(" + selector + "[1m])" : selector.toString();
    return n % 10 == 9
        ? "  - {record: 'fleet:mean_%d', expr: 'avg by (dc) (%s)'}\n".formatted(n, value)
        : "  - {alert: Fleet%d, expr: '%s > 1e300', for: 1m}\n".formatted(n, value);
  }
}
