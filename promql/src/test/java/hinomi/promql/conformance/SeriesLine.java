package hinomi.promql.conformance;

import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.model.Sample;
import hinomi.promql.parse.Expr;
import hinomi.promql.parse.Numbers;
import hinomi.promql.parse.Parser;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/// A series with its values as the test language writes it: `metric{a="b"} 1+2x3 _ stale NaN`.
///
/// @param values one a step; empty where there is no sample
/// @param histograms whether some values were native histograms, which are left out
record SeriesLine(Labels labels, List<OptionalDouble> values, boolean histograms) {
  private static final String NUMBER =
      "[+-]?(?:[0-9.]+(?:[eE][+-]?[0-9]+)?|[iI]nf|[nN]a[nN]|stale)";
  private static final Pattern SERIES =
      Pattern.compile("(" + NUMBER + ")(?:([+-])(" + NUMBER + "))?(?:x([0-9]+))?");

  static SeriesLine parse(String line) {
    int end = endOfMetric(line);
    String values = line.substring(end).strip();
    List<OptionalDouble> list = new ArrayList<>();
    boolean histograms = values.contains("{{");
    // Only their number matters.
    String floats =
        values.replaceAll("\\{\\{[^}]*\\}\\}(?:[+-]\\{\\{[^}]*\\}\\})?(x[0-9]+)?", "H$1");
    for (String word : floats.split("\\s+")) {
      if (word.startsWith("_") || word.startsWith("H")) {
        int times = word.contains("x") ? Integer.parseInt(word.substring(2)) : 1;
        int extra = word.startsWith("H") && word.contains("x") ? 1 : 0;
        list.addAll(java.util.Collections.nCopies(times + extra, OptionalDouble.empty()));
      } else if (!word.isEmpty()) {
        add(word, list);
      }
    }
    return new SeriesLine(labels(line.substring(0, end).strip()), list, histograms);
  }

  private static void add(String word, List<OptionalDouble> list) {
    java.util.regex.Matcher matcher = SERIES.matcher(word);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("no series of values: " + word);
    }
    double value = number(matcher.group(1));
    String delta = matcher.group(3);
    double step = delta == null ? 0 : number(delta) * (matcher.group(2).equals("-") ? -1 : 1);
    int times = matcher.group(4) == null ? 0 : Integer.parseInt(matcher.group(4));
    for (int i = 0; i <= times; i++) {
      list.add(OptionalDouble.of(value));
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
