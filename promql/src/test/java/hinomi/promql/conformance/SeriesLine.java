package hinomi.promql.conformance;

import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.model.Sample;
import hinomi.promql.parse.Expr;
import hinomi.promql.parse.Numbers;
import hinomi.promql.parse.Parser;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A series with its values as the test language writes it: `metric{a="b"} 1+2x3 _ stale NaN`.
///
/// @param values one a step; empty where there is no sample
record SeriesLine(Labels labels, List<Optional<Point>> values) {
  private static final String NUMBER =
      "[+-]?(?:[0-9.]+(?:[eE][+-]?[0-9]+)?|[iI]nf|[nN]a[nN]|stale)";
  private static final Pattern SERIES =
      Pattern.compile("(" + NUMBER + ")(?:([+-])(" + NUMBER + "))?(?:x([0-9]+))?");

  /// What stands between blanks; a histogram has some within its braces.
  private static final Pattern WORD = Pattern.compile("(?:\\{\\{[^}]*\\}\\}|\\S)+");

  static SeriesLine parse(String line) {
    int end = endOfMetric(line);
    List<Optional<Point>> list = new ArrayList<>();
    java.util.regex.Matcher words = WORD.matcher(line.substring(end));
    while (words.find()) {
      String word = words.group();
      if (word.startsWith("_")) {
        int times = word.contains("x") ? Integer.parseInt(word.substring(2)) : 1;
        list.addAll(Collections.nCopies(times, Optional.empty()));
      } else if (word.startsWith("{{")) {
        NativeNotation.run(word).forEach(point -> list.add(Optional.of(point)));
      } else {
        add(word, list);
      }
    }
    return new SeriesLine(labels(line.substring(0, end).strip()), list);
  }

  private static void add(String word, List<Optional<Point>> list) {
    java.util.regex.Matcher matcher = SERIES.matcher(word);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("no series of values: " + word);
    }
    double value = number(matcher.group(1));
    String delta = matcher.group(3);
    double step = delta == null ? 0 : number(delta) * (matcher.group(2).equals("-") ? -1 : 1);
    int times = matcher.group(4) == null ? 0 : Integer.parseInt(matcher.group(4));
    for (int i = 0; i <= times; i++) {
      list.add(Optional.of(Point.of(value)));
      value = delta == null ? value : value + step;
    }
  }

  static double number(String text) {
    return text.equals("stale") ? Sample.STALE : Numbers.parse(text).orElseThrow();
  }

  private static int endOfMetric(String line) {
    boolean inBraces = false;
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote != 0) {
        if (c == '\\' && quote != '`') {
          i++;
        } else if (c == quote) {
          quote = 0;
        }
      } else if (c == '"' || c == '\'' || c == '`') {
        quote = c;
      } else if (c == '{') {
        inBraces = true;
      } else if (c == '}') {
        return i + 1;
      } else if (!inBraces && Character.isWhitespace(c) && valuesFollow(line, i)) {
        return i;
      }
    }
    return line.length();
  }

  /// A metric's name may stand apart from its braces; two braces begin a histogram.
  private static boolean valuesFollow(String line, int i) {
    String rest = line.substring(i).strip();
    return rest.startsWith("{{") || !rest.startsWith("{");
  }

  private static Labels labels(String metric) {
    String text = metric.endsWith("}") ? metric : metric + "{}";
    if (text.replaceAll("\\s", "").equals("{}")) {
      return Labels.EMPTY;
    }
    // A matcher that no empty label fits lets the selector's grammar read label sets, too.
    String filled = text.substring(0, text.length() - 1).stripTrailing();
    String comma = filled.endsWith("{") || filled.endsWith(",") ? "" : ",";
    Expr.Selector selector = Parser.selector(filled + comma + "hidden!=\"\"}");
    Labels.Builder labels = Labels.builder();
    for (Matcher matcher : selector.matchers()) {
      if (matcher.kind() == Matcher.Kind.EQUAL) {
        labels.set(matcher.name(), matcher.value());
      }
    }
    return labels.build();
  }
}
