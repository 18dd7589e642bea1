package hinomi.wire;

import hinomi.model.BadInput;
import hinomi.model.Labels;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads one text line by line, character by character. One use, one thread.
final class ExpositionReader {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");

  private final String text;
  private int at;
  private int line;
  private final Map<String, Open> families = new LinkedHashMap<>();

  /// A family that is being read.
  private static final class Open {
    Exposition.Type type = Exposition.Type.UNTYPED;
    boolean typed;
    boolean helped;
    final List<Exposition.Point> points = new ArrayList<>();
  }

  ExpositionReader(String text) {
    this.text = text;
  }

  List<Exposition.Family> read() {
    while (at < text.length()) {
      line++;
      blanks();
      if (end()) {
        at++;
      } else if (text.charAt(at) == '#') {
        comment();
      } else {
        sample();
      }
    }
    List<Exposition.Family> read = new ArrayList<>();
    families.forEach((name, family) -> {
      if (!family.points.isEmpty()) {
        read.add(new Exposition.Family(name, family.type, family.points));
      }
    });
    return read;
  }

  private void comment() {
    at++;
    blanks();
    String keyword = word();
    blanks();
    if (!(keyword.equals("HELP") || keyword.equals("TYPE")) || end()) {
      rest();
      lineEnd();
      return;
    }
    String name = text.charAt(at) == '"' ? quoted() : name(true);
    if (name.isEmpty() || !(end() || blank())) {
      throw wrong("invalid metric name in comment");
    }
    blanks();
    Open family = families.computeIfAbsent(name, _ -> new Open());
    if (keyword.equals("HELP")) {
      help(name, family);
    } else {
      type(name, family);
    }
    lineEnd();
  }

  private void help(String name, Open family) {
    if (family.helped) {
      throw wrong("second HELP line for metric name \"" + name + "\"");
    }
    family.helped = true;
    String help = rest();
    for (int i = help.indexOf('\\'); i >= 0; i = help.indexOf('\\', i + 2)) {
      if (i + 1 >= help.length() || "\\n".indexOf(help.charAt(i + 1)) < 0) {
        throw wrong("invalid escape sequence in a HELP line");
      }
    }
  }

  private void type(String name, Open family) {
    if (family.typed || !family.points.isEmpty()) {
      throw wrong(
          "second TYPE line for metric name \"" + name + "\", or TYPE reported after samples");
    }
    String word = rest().strip();
    family.typed = true;
    family.type =
        switch (word.toLowerCase(Locale.ROOT)) {
          case "counter" -> Exposition.Type.COUNTER;
          case "gauge" -> Exposition.Type.GAUGE;
          case "histogram", "gauge_histogram", "gaugehistogram" -> Exposition.Type.HISTOGRAM;
          case "summary" -> Exposition.Type.SUMMARY;
          case "untyped" -> Exposition.Type.UNTYPED;
          default -> throw wrong("unknown metric type \"" + word + "\"");
        };
  }

  private void sample() {
    Labels.Builder labels = Labels.builder();
    String metric = text.charAt(at) == '{' ? "" : name(true);
    if (metric.isEmpty() && text.charAt(at) != '{') {
      throw wrong("invalid metric name");
    }
    blanks();
    if (!end() && text.charAt(at) == '{') {
      at++;
      metric = pairs(labels, metric);
    }
    if (metric.isEmpty()) {
      throw wrong("invalid metric name");
    }
    blanks();
    double value = number(word(), "expected float as value");
    blanks();
    OptionalLong timestamp = OptionalLong.empty();
    if (!end()) {
      timestamp = OptionalLong.of(integer(word()));
      blanks();
      if (!end()) {
        throw wrong("spurious string after timestamp");
      }
    }
    lineEnd();
    Labels identity = labels.set(Labels.NAME, metric).build();
    family(metric, identity, value).points.add(new Exposition.Point(identity, value, timestamp));
  }

  /// Reads label pairs up to the brace; answers the metric's name, which may stand among them.
  private String pairs(Labels.Builder labels, String given) {
    String metric = given;
    Set<String> seen = new HashSet<>();
    while (true) {
      blanks();
      if (end()) {
        throw wrong("expected '}' after labels");
      }
      if (text.charAt(at) == '}') {
        at++;
        return metric;
      }
      boolean quoted = text.charAt(at) == '"';
      String label = quoted ? quoted() : name(false);
      blanks();
      if (quoted && !end() && (text.charAt(at) == ',' || text.charAt(at) == '}')) {
        if (!metric.isEmpty()) {
          throw wrong("multiple metric names for one sample");
        }
        metric = label;
      } else {
        pair(labels, label, seen);
      }
      blanks();
      if (!end() && text.charAt(at) == ',') {
        at++;
      } else if (end() || text.charAt(at) != '}') {
        throw wrong("unexpected end of label value \"" + label + "\"");
      }
    }
  }

  private void pair(Labels.Builder labels, String label, Set<String> seen) {
    if (label.isEmpty()) {
      throw wrong("invalid label name");
    }
    if (label.equals(Labels.NAME)) {
      throw wrong("label name \"__name__\" is reserved");
    }
    if (end() || text.charAt(at) != '=') {
      throw wrong("expected '=' after label name");
    }
    at++;
    blanks();
    if (end() || text.charAt(at) != '"') {
      throw wrong("expected '\"' at start of label value");
    }
    if (!seen.add(label)) {
      throw wrong("duplicate label name \"" + label + "\"");
    }
    labels.set(label, quoted());
  }

  /// The family that a sample belongs to: `x_bucket` to the histogram `x`, if there is one.
  private Open family(String metric, Labels labels, double value) {
    for (String suffix : List.of("_bucket", "_count", "_sum")) {
      Open open =
          metric.endsWith(suffix)
              ? families.get(metric.substring(0, metric.length() - suffix.length()))
              : null;
      if (open != null && open.type == Exposition.Type.HISTOGRAM) {
        if (value < 0 && !suffix.equals("_sum")) {
          throw wrong("a histogram counts less than nothing");
        }
        if (suffix.equals("_bucket")) {
          number(labels.get("le"), "expected float as value for 'le' label");
        }
        return open;
      }
      if (open != null && open.type == Exposition.Type.SUMMARY && !suffix.equals("_bucket")) {
        return open;
      }
    }
    Open own = families.computeIfAbsent(metric, _ -> new Open());
    if (own.type == Exposition.Type.SUMMARY && labels.has("quantile")) {
      number(labels.get("quantile"), "expected float as value for 'quantile' label");
    }
    return own;
  }

  private double number(String word, String complaint) {
    String lower = word.toLowerCase(Locale.ROOT);
    switch (lower) {
      case "nan", "+nan", "-nan" -> {
        return Double.NaN;
      }
      case "inf", "+inf", "infinity", "+infinity" -> {
        return Double.POSITIVE_INFINITY;
      }
      case "-inf", "-infinity" -> {
        return Double.NEGATIVE_INFINITY;
      }
      default -> {
        // A plain number, or a mistake.
      }
    }
    double value = NUMBER.matcher(word).matches() ? Double.parseDouble(word) : Double.NaN;
    if (!Double.isFinite(value)) {
      throw wrong(complaint + ", got \"" + word + "\"");
    }
    return value;
  }

  private long integer(String word) {
    try {
      return Long.parseLong(word);
    } catch (NumberFormatException e) {
      throw wrong("expected integer as timestamp, got \"" + word + "\"");
    }
  }

  private boolean end() {
    return at >= text.length() || text.charAt(at) == '\n';
  }

  private boolean blank() {
    return text.charAt(at) == ' ' || text.charAt(at) == '\t';
  }

  private void blanks() {
    while (!end() && blank()) {
      at++;
    }
  }

  private String word() {
    int start = at;
    while (!end() && !blank()) {
      at++;
    }
    return text.substring(start, at);
  }

  private String rest() {
    int start = at;
    while (!end()) {
      at++;
    }
    return text.substring(start, at);
  }

  private void lineEnd() {
    if (at >= text.length()) {
      throw wrong("the last line has no line end");
    }
    at++;
  }

  private String name(boolean colons) {
    int start = at;
    while (!end()) {
      char c = text.charAt(at);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
      boolean digit = c >= '0' && c <= '9';
      if (!(letter || (digit && at > start) || (colons && c == ':'))) {
        break;
      }
      at++;
    }
    return text.substring(start, at);
  }

  /// A quoted text from its opening to behind its closing quote.
  private String quoted() {
    StringBuilder value = new StringBuilder();
    at++;
    while (!end()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return value.toString();
      }
      value.append(c == '\\' ? unescaped() : c);
    }
    throw wrong("a quoted text contains an unescaped new-line or has no end");
  }

  private char unescaped() {
    char c = end() ? ' ' : text.charAt(at++);
    return switch (c) {
      case '\\', '"' -> c;
      case 'n' -> '\n';
      default -> throw wrong("invalid escape sequence");
    };
  }

  private BadInput wrong(String complaint) {
    return new BadInput("line " + Math.max(1, line) + ": " + complaint, at);
  }
}
