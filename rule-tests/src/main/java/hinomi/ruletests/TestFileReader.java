package hinomi.ruletests;

import hinomi.model.BadInput;
import hinomi.model.Labels;
import hinomi.promql.notation.Point;
import hinomi.promql.notation.SeriesLine;
import hinomi.settings.Section;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Reads a test file. Every mistake is noted with its place; what is returned is only to be used
/// when there is none. One use.
final class TestFileReader {
  private static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(1);

  private final Section root;
  private final List<Path> ruleFiles;

  /// @param ruleFiles as the patterns of `rule_files` were resolved
  TestFileReader(Section root, List<Path> ruleFiles) {
    this.root = root;
    this.ruleFiles = ruleFiles;
  }

  TestFile read() {
    root.texts("rule_files");
    Duration interval = positive(root, "evaluation_interval", DEFAULT_INTERVAL);
    List<String> order = root.texts("group_eval_order");
    Set<String> named = new HashSet<>();
    for (String group : order) {
      if (!named.add(group)) {
        root.mistake("group_eval_order", "the group \"" + group + "\" is named twice");
      }
    }
    boolean fuzzy = root.flag("fuzzy_compare", false);
    List<TestFile.Group> groups = new ArrayList<>();
    for (Section group : root.sections("tests")) {
      groups.add(group(group, interval));
    }
    root.end();
    return new TestFile(ruleFiles, interval, order, fuzzy, groups);
  }

  private static Duration positive(Section section, String key, Duration otherwise) {
    Duration value = section.duration(key, otherwise);
    return value.isZero() ? otherwise : value;
  }

  private static TestFile.Group group(Section group, Duration interval) {
    List<SeriesLine> series = new ArrayList<>();
    for (Section each : group.sections("input_series")) {
      series.add(series(each));
    }
    List<TestFile.AlertCase> alerts = new ArrayList<>();
    for (Section each : group.sections("alert_rule_test")) {
      alerts.add(alertCase(each));
    }
    List<TestFile.QueryCase> queries = new ArrayList<>();
    for (Section each : group.sections("promql_expr_test")) {
      queries.add(queryCase(each));
    }
    return new TestFile.Group(
        group.text("name", ""),
        positive(group, "interval", interval),
        group.value("start_timestamp", Instant.EPOCH, TestFileReader::instant),
        series,
        new TestFile.External(
            Labels.of(group.map("external_labels")), group.text("external_url", "")),
        alerts,
        queries);
  }

  private static SeriesLine series(Section each) {
    Labels labels = labels(each, "series");
    String values = each.text("values", "");
    try {
      return new SeriesLine(labels, SeriesLine.values(values));
    } catch (BadInput e) {
      each.mistake("values", e.offset(), e.reason());
      return new SeriesLine(labels, List.of());
    }
  }

  private static Labels labels(Section each, String key) {
    try {
      return SeriesLine.labels(each.text(key, ""));
    } catch (BadInput e) {
      each.mistake(key, e.offset(), e.reason());
      return Labels.EMPTY;
    }
  }

  private static TestFile.AlertCase alertCase(Section each) {
    String alertname = each.text("alertname", "");
    if (alertname.isEmpty()) {
      each.mistake("alertname", "is missing");
    }
    List<TestFile.FiringAlert> expected = new ArrayList<>();
    for (Section alert : each.sections("exp_alerts")) {
      Map<String, String> labels = new TreeMap<>(alert.map("exp_labels"));
      labels.put("alertname", alertname);
      expected.add(new TestFile.FiringAlert(labels, alert.map("exp_annotations")));
    }
    return new TestFile.AlertCase(each.duration("eval_time", Duration.ZERO), alertname, expected);
  }

  private static TestFile.QueryCase queryCase(Section each) {
    List<Answered> expected = new ArrayList<>();
    for (Section sample : each.sections("exp_samples")) {
      double value = sample.value("value", 0.0, TestFileReader::number);
      Labels labels = labels(sample, "labels");
      expected.add(new Answered(labels, histogram(sample).orElse(new Point.Plain(value))));
    }
    return new TestFile.QueryCase(
        each.duration("eval_time", Duration.ZERO), each.text("expr", ""), expected);
  }

  private static Optional<Point> histogram(Section sample) {
    String text = sample.text("histogram", "");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      List<Optional<Point>> values = SeriesLine.values(text);
      if (values.size() == 1 && values.getFirst().orElse(null) instanceof Point.Native histogram) {
        return Optional.of(histogram);
      }
      sample.mistake("histogram", "expected one histogram, got " + values.size() + " values");
    } catch (BadInput e) {
      sample.mistake("histogram", e.offset(), e.reason());
    }
    return Optional.empty();
  }

  /// A number as YAML writes it.
  private static double number(String text) {
    String bare = text.replace("_", "").toLowerCase(Locale.ROOT);
    boolean negative = bare.startsWith("-");
    String unsigned = negative || bare.startsWith("+") ? bare.substring(1) : bare;
    double value;
    try {
      value =
          switch (unsigned) {
            case ".inf" -> Double.POSITIVE_INFINITY;
            case ".nan" -> Double.NaN;
            default ->
                unsigned.startsWith("0x")
                    ? Long.parseLong(unsigned.substring(2), 16)
                    : new BigDecimal(unsigned).doubleValue();
          };
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("expected a number, got \"" + text + "\"", e);
    }
    return negative ? -value : value;
  }

  /// RFC 3339, or seconds since the epoch.
  private static Instant instant(String text) {
    try {
      return text.matches("-?[0-9]+(\\.[0-9]+)?")
          ? Instant.ofEpochMilli(new BigDecimal(text).movePointRight(3).longValue())
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "expected a time like 2026-03-02T00:00:00Z or seconds since 1970, got \"" + text + "\"",
          e);
    }
  }
}
