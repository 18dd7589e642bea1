package hinomi.promql.notation;

import hinomi.model.BadInput;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.promql.parse.Expr;
import hinomi.promql.parse.Parser;
import hinomi.promql.parse.Quoting;
import java.util.List;
import java.util.Optional;

/// A series with its values as Prometheus' tests write it (docs/configuration/unit_testing_rules):
/// `metric{a="b"} 1+2x3 _ stale NaN {{count:3 sum:4}}x2`.
///
/// @param values one a step; empty where there is no sample
public record SeriesLine(Labels labels, List<Optional<Point>> values) {
  public SeriesLine {
    values = List.copyOf(values);
  }

  /// A mistake is a [BadInput] with its offset.
  public static SeriesLine parse(String line) {
    int end = endOfMetric(line);
    return new SeriesLine(labels(line.substring(0, end)), new ValueScanner(line, end).values());
  }

  /// Values alone. A mistake is a [BadInput] with its offset.
  public static List<Optional<Point>> values(String text) {
    return new ValueScanner(text, 0).values();
  }

  /// A series without values: `metric{a="b"}`, `{"metric", a="b"}`; an empty text has no labels. A
  /// mistake is a [BadInput] with its offset.
  public static Labels labels(String metric) {
    String text = metric.stripTrailing();
    text = text.endsWith("}") ? text : text + "{}";
    if (text.replaceAll("\\s", "").equals("{}")) {
      return Labels.EMPTY;
    }
    // A matcher that no empty label fits lets the selector's grammar read label sets, too.
    String filled = text.substring(0, text.length() - 1).stripTrailing();
    String comma = filled.endsWith("{") || filled.endsWith(",") ? "" : ",";
    Expr.Selector selector = Parser.selector(filled + comma + HIDDEN.name() + "!=\"\"}");
    Labels.Builder labels = Labels.builder();
    for (Matcher matcher : selector.matchers()) {
      if (matcher.equals(HIDDEN)) {
        continue;
      }
      if (matcher.kind() != Matcher.Kind.EQUAL) {
        throw new BadInput(
            "a series has labels like %s=\"…\", not %s"
                .formatted(matcher.name(), Quoting.quote(matcher.toString())),
            0);
      }
      labels.set(matcher.name(), matcher.value());
    }
    return labels.build();
  }

  private static final Matcher HIDDEN = new Matcher(Matcher.Kind.NOT_EQUAL, "__hidden__", "");

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
}
