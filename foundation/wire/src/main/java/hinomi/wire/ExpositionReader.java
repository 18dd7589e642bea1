package hinomi.wire;

import hinomi.model.BadInput;
import hinomi.model.Histogram;
import hinomi.model.Labels;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/// Reads one text line by line, character by character. One use, one thread.
final class ExpositionReader {
  private static final List<String> SUFFIXES =
      List.of("_bucket", "_count", "_sum", "_gcount", "_gsum", "_total", "_info", "_created");

  private final ExpositionText in;
  private final Map<String, Open> families = new LinkedHashMap<>();

  /// A family that is being read.
  private static final class Open {
    Exposition.Type type = Exposition.Type.UNTYPED;
    boolean typed;
    boolean helped;
    String help = "";
    String unit = "";
    final List<Exposition.Point> points = new ArrayList<>();
    final List<Exposition.NativePoint> histograms = new ArrayList<>();
  }

  private final Exposition.Dialect dialect;
  private boolean ended;

  ExpositionReader(String text, Exposition.Dialect dialect) {
    this.in = new ExpositionText(text, dialect == Exposition.Dialect.OPENMETRICS);
    this.dialect = dialect;
  }

  List<Exposition.Family> read() {
    while (in.more()) {
      in.beginLine();
      if (ended) {
        throw in.wrong("something follows after # EOF");
      }
      in.blanks();
      if (in.end()) {
        in.skip();
      } else if (in.next('#')) {
        comment();
      } else {
        sample();
      }
    }
    List<Exposition.Family> read = new ArrayList<>();
    families.forEach((name, family) -> {
      Exposition.Family one =
          new Exposition.Family(
              name, family.type, family.help, family.unit, family.points, family.histograms);
      if (!one.isEmpty()) {
        read.add(one);
      }
    });
    if (dialect == Exposition.Dialect.OPENMETRICS && !ended) {
      throw in.wrong("there is no # EOF at the end");
    }
    return read;
  }

  private void comment() {
    in.skip();
    in.blanks();
    String keyword = in.word();
    in.blanks();
    if (keyword.equals("HISTOGRAM") && dialect == Exposition.Dialect.KEPT) {
      histogram();
      in.lineEnd();
      return;
    }
    boolean known =
        switch (keyword) {
          case "HELP", "TYPE" -> true;
          case "UNIT" -> dialect != Exposition.Dialect.PROMETHEUS;
          default -> false;
        };
    if (!known || in.end()) {
      ended = keyword.equals("EOF") && dialect == Exposition.Dialect.OPENMETRICS && in.end();
      in.rest();
      if (!ended || in.more()) {
        in.lineEnd();
      }
      return;
    }
    String name = in.next('"') ? in.quoted() : in.name(true);
    if (name.isEmpty() || !(in.end() || in.blank())) {
      throw in.wrong("invalid metric name in comment");
    }
    in.blanks();
    Open family = families.computeIfAbsent(name, _ -> new Open());
    switch (keyword) {
      case "HELP" -> help(name, family);
      case "TYPE" -> type(name, family);
      default -> family.unit = unescaped(in.rest());
    }
    in.lineEnd();
  }

  /// A native histogram in a text of our own.
  private void histogram() {
    Labels.Builder labels = Labels.builder();
    if (!in.next('{')) {
      throw in.wrong("expected '{'");
    }
    in.skip();
    String metric = pairs(labels, "");
    in.blanks();
    Histogram value = decoded(in.word());
    in.blanks();
    OptionalLong timestamp =
        in.end() ? OptionalLong.empty() : OptionalLong.of(in.integer(in.word()));
    families
        .computeIfAbsent(metric, _ -> new Open())
        .histograms
        .add(
            new Exposition.NativePoint(
                labels.set(Labels.NAME, metric).build(), value, timestamp, List.of()));
  }

  private Histogram decoded(String base64) {
    try {
      byte[] bytes = Base64.getDecoder().decode(base64);
      RawHistogram raw = RawHistogram.read(new Fields(bytes, "a histogram"), bytes.length);
      if (HistogramJudge.judge(raw) instanceof HistogramJudge.Verdict.Good(Histogram good)) {
        return good;
      }
    } catch (IllegalArgumentException e) {
      throw new BadInput("a histogram is not base64", e);
    }
    throw in.wrong("not a histogram");
  }

  private void help(String name, Open family) {
    if (family.helped) {
      throw in.wrong("second HELP line for metric name \"" + name + "\"");
    }
    family.helped = true;
    String help = in.rest();
    family.help = unescaped(help);
    if (dialect == Exposition.Dialect.OPENMETRICS) {
      return;
    }
    for (int i = help.indexOf('\\'); i >= 0; i = help.indexOf('\\', i + 2)) {
      if (i + 1 >= help.length() || "\\n".indexOf(help.charAt(i + 1)) < 0) {
        throw in.wrong("invalid escape sequence in a HELP line");
      }
    }
  }

  /// Backslashes and line ends are escaped in a help text, in OpenMetrics quotes as well.
  private static String unescaped(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      boolean escape = text.charAt(i) == '\\' && i + 1 < text.length();
      char c = escape ? text.charAt(++i) : text.charAt(i);
      plain.append(escape && c == 'n' ? '\n' : c);
    }
    return plain.toString();
  }

  private void type(String name, Open family) {
    if (family.typed || !family.points.isEmpty()) {
      throw in.wrong(
          "second TYPE line for metric name \"" + name + "\", or TYPE reported after samples");
    }
    String word = in.rest().strip();
    family.typed = true;
    family.type =
        switch (word.toLowerCase(Locale.ROOT)) {
          case "counter" -> Exposition.Type.COUNTER;
          case "gauge" -> Exposition.Type.GAUGE;
          case "histogram" -> Exposition.Type.HISTOGRAM;
          case "gauge_histogram", "gaugehistogram" -> Exposition.Type.GAUGEHISTOGRAM;
          case "summary" -> Exposition.Type.SUMMARY;
          case "untyped" -> Exposition.Type.UNTYPED;
          default -> openMetricsType(word);
        };
  }

  private Exposition.Type openMetricsType(String word) {
    return switch (dialect == Exposition.Dialect.PROMETHEUS ? "" : word) {
      case "unknown" -> Exposition.Type.UNTYPED;
      case "info" -> Exposition.Type.INFO;
      case "stateset" -> Exposition.Type.STATESET;
      default -> throw in.wrong("unknown metric type \"" + word + "\"");
    };
  }

  private void sample() {
    Labels.Builder labels = Labels.builder();
    String metric = in.next('{') ? "" : in.name(true);
    if (metric.isEmpty() && !in.next('{')) {
      throw in.wrong("invalid metric name");
    }
    in.blanks();
    if (in.next('{')) {
      in.skip();
      metric = pairs(labels, metric);
    }
    if (metric.isEmpty()) {
      throw in.wrong("invalid metric name");
    }
    in.blanks();
    double value = in.number(in.word(), "expected float as value");
    in.blanks();
    boolean openMetrics = dialect == Exposition.Dialect.OPENMETRICS;
    OptionalLong timestamp = OptionalLong.empty();
    if (!in.end() && !(openMetrics && in.next('#'))) {
      timestamp = OptionalLong.of(openMetrics ? in.seconds(in.word()) : in.integer(in.word()));
      in.blanks();
    }
    List<Exposition.Example> examples =
        !in.end() && openMetrics && in.next('#') ? List.of(example()) : List.of();
    if (!in.end()) {
      throw in.wrong("spurious string after timestamp");
    }
    in.lineEnd();
    Labels identity = labels.set(Labels.NAME, metric).build();
    family(metric, identity, value)
        .points
        .add(new Exposition.Point(identity, value, timestamp, examples));
  }

  /// `# {trace_id="x"} 0.67 1520879607.789`
  private Exposition.Example example() {
    in.skip();
    in.blanks();
    if (!in.next('{')) {
      throw in.wrong("expected '{' of an exemplar");
    }
    in.skip();
    Labels.Builder labels = Labels.builder();
    if (!pairs(labels, "").isEmpty()) {
      throw in.wrong("an exemplar has no name");
    }
    in.blanks();
    double value = in.number(in.word(), "expected float as value of an exemplar");
    in.blanks();
    OptionalLong timestamp =
        in.end() ? OptionalLong.empty() : OptionalLong.of(in.seconds(in.word()));
    in.blanks();
    return new Exposition.Example(labels.build(), value, timestamp);
  }

  /// Reads label pairs up to the brace; answers the metric's name, which may stand among them.
  private String pairs(Labels.Builder labels, String given) {
    String metric = given;
    Set<String> seen = new HashSet<>();
    while (true) {
      in.blanks();
      if (in.end()) {
        throw in.wrong("expected '}' after labels");
      }
      if (in.next('}')) {
        in.skip();
        return metric;
      }
      boolean quoted = in.next('"');
      String label = quoted ? in.quoted() : in.name(false);
      in.blanks();
      if (quoted && !in.end() && (in.next(',') || in.next('}'))) {
        if (!metric.isEmpty()) {
          throw in.wrong("multiple metric names for one sample");
        }
        metric = label;
      } else {
        pair(labels, label, seen);
      }
      in.blanks();
      if (in.next(',')) {
        in.skip();
      } else if (!in.next('}')) {
        throw in.wrong("unexpected end of label value \"" + label + "\"");
      }
    }
  }

  private void pair(Labels.Builder labels, String label, Set<String> seen) {
    if (label.isEmpty()) {
      throw in.wrong("invalid label name");
    }
    if (label.equals(Labels.NAME)) {
      throw in.wrong("label name \"__name__\" is reserved");
    }
    if (!in.next('=')) {
      throw in.wrong("expected '=' after label name");
    }
    in.skip();
    in.blanks();
    if (!in.next('"')) {
      throw in.wrong("expected '\"' at start of label value");
    }
    if (!seen.add(label)) {
      throw in.wrong("duplicate label name \"" + label + "\"");
    }
    labels.set(label, in.quoted());
  }

  /// The family that a sample belongs to: `x_bucket` to the histogram `x`, if there is one.
  private Open family(String metric, Labels labels, double value) {
    for (String suffix : SUFFIXES) {
      Open open =
          metric.endsWith(suffix)
              ? families.get(metric.substring(0, metric.length() - suffix.length()))
              : null;
      if (open != null && openMetricsSuffix(open.type, suffix)) {
        return open;
      }
      if (open != null && isHistogram(open.type)) {
        if (value < 0 && !suffix.endsWith("sum")) {
          throw in.wrong("a histogram counts less than nothing");
        }
        if (suffix.equals("_bucket")) {
          in.number(labels.get("le"), "expected float as value for 'le' label");
        }
        return open;
      }
      if (open != null
          && open.type == Exposition.Type.SUMMARY
          && List.of("_count", "_sum").contains(suffix)) {
        return open;
      }
    }
    Open own = families.computeIfAbsent(metric, _ -> new Open());
    if (own.type == Exposition.Type.SUMMARY && labels.has("quantile")) {
      in.number(labels.get("quantile"), "expected float as value for 'quantile' label");
    }
    return own;
  }

  private static boolean isHistogram(Exposition.Type type) {
    return type == Exposition.Type.HISTOGRAM || type == Exposition.Type.GAUGEHISTOGRAM;
  }

  private boolean openMetricsSuffix(Exposition.Type type, String suffix) {
    if (dialect == Exposition.Dialect.PROMETHEUS) {
      return false;
    }
    return switch (suffix) {
      case "_total" -> type == Exposition.Type.COUNTER;
      case "_info" -> type == Exposition.Type.INFO;
      case "_created" ->
          type == Exposition.Type.COUNTER || isHistogram(type) || type == Exposition.Type.SUMMARY;
      default -> false;
    };
  }
}
