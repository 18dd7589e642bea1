package hinomi.alertengine.template;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import hinomi.model.BadInput;
import hinomi.model.Histogram;
import hinomi.model.Labels;
import hinomi.model.Vector;
import hinomi.settings.Durations;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The functions of templates: Prometheus' (docs/configuration/template_reference) and Go's
/// built-in ones.
final class Functions {
  static final Set<String> NAMES =
      Set.of(
          "and",
          "or",
          "not",
          "len",
          "index",
          "print",
          "printf",
          "println",
          "html",
          "js",
          "urlquery",
          "eq",
          "ne",
          "lt",
          "le",
          "gt",
          "ge",
          "query",
          "first",
          "label",
          "value",
          "strvalue",
          "sortByLabel",
          "humanize",
          "humanize1024",
          "humanizeDuration",
          "humanizePercentage",
          "humanizeTimestamp",
          "title",
          "toUpper",
          "toLower",
          "match",
          "reReplaceAll",
          "stripPort",
          "stripDomain",
          "urlQueryEscape",
          "graphLink",
          "tableLink",
          "externalURL",
          "pathPrefix",
          "parseDuration",
          "now",
          "safeHtml",
          "args",
          "toTime",
          "toDuration");

  private static final int MAX_ROWS = 1_000;

  private final Template.Scope scope;

  Functions(Template.Scope scope) {
    this.scope = scope;
  }

  Object call(String name, List<Object> arguments) {
    Arguments in = new Arguments(name, arguments);
    return switch (name) {
      case "query", "first", "label", "value", "strvalue", "sortByLabel" -> rows(in);
      case "humanize" -> Humanize.number(in.number(0));
      case "humanize1024" -> Humanize.binary(in.number(0));
      case "humanizeDuration" -> Humanize.duration(in.number(0));
      case "humanizePercentage" -> Humanize.percentage(in.number(0));
      case "humanizeTimestamp" -> Humanize.timestamp(in.number(0));
      case "eq", "ne", "lt", "le", "gt", "ge" -> compare(in);
      case "not" -> !Run.truth(in.any(0));
      case "len" -> length(in.any(0));
      case "index" -> index(in);
      case "printf" -> GoFormat.printf(in.text(0), arguments.subList(1, arguments.size()));
      case "print" -> joined(arguments, "");
      case "println" -> joined(arguments, " ") + "\n";
      case "args" -> args(arguments);
      case "parseDuration" -> seconds(in.text(0));
      case "now" -> scope.at().toEpochMilli() / 1e3;
      case "toTime", "toDuration" ->
          throw new BadInput(name + ": values of Go's own types are not supported");
      default -> texts(in);
    };
  }

  private Object texts(Arguments in) {
    return switch (in.name()) {
      case "title" -> title(in.text(0));
      case "toUpper" -> in.text(0).toUpperCase(Locale.ROOT);
      case "toLower" -> in.text(0).toLowerCase(Locale.ROOT);
      case "match" -> pattern(in.text(0)).matcher(in.text(1)).find();
      case "reReplaceAll" ->
          pattern(in.text(0)).matcher(in.text(2)).replaceAll(replacement(in.text(1)));
      case "stripPort" -> Hosts.withoutPort(in.text(0));
      case "stripDomain" -> Hosts.withoutDomain(in.text(0));
      case "urlQueryEscape", "urlquery" -> encoded(in.text(0));
      case "graphLink" -> "/graph?g0.expr=" + encoded(in.text(0)) + "&g0.tab=0";
      case "tableLink" -> "/graph?g0.expr=" + encoded(in.text(0)) + "&g0.tab=1";
      case "externalURL" -> scope.externalUrl();
      case "pathPrefix" -> path(scope.externalUrl());
      case "html" ->
          in.text(0)
              .replace("&", "&amp;")
              .replace("<", "&lt;")
              .replace(">", "&gt;")
              .replace("\"", "&#34;")
              .replace("'", "&#39;");
      case "js" -> in.text(0).replace("\\", "\\\\").replace("'", "\\'").replace("\"", "\\\"");
      case "safeHtml" -> in.text(0);
      default -> throw new IllegalStateException("BUG: no function " + in.name());
    };
  }

  private Object rows(Arguments in) {
    return switch (in.name()) {
      case "query" -> query(in.text(0));
      case "first" -> {
        if (!(in.any(0) instanceof List<?> list) || list.isEmpty()) {
          throw new BadInput("first() called on vector with no elements");
        }
        yield list.getFirst();
      }
      case "label" -> field(in.row(1), "Labels", in.text(0));
      case "strvalue" -> field(in.row(0), "Labels", "__value__");
      case "value" -> in.row(0).getOrDefault("Value", 0.0);
      default -> sorted(in);
    };
  }

  private List<Map<String, Object>> query(String expression) {
    List<Map<String, Object>> rows = new ArrayList<>();
    Vector answer = scope.query().at(expression, scope.at());
    if (answer.size() > MAX_ROWS) {
      throw new BadInput("query: more than " + MAX_ROWS + " rows");
    }
    answer.samples().forEach(each -> rows.add(row(each.labels(), each.value())));
    answer.histograms().forEach(each -> rows.add(row(each.labels(), each.value())));
    return rows;
  }

  private static Map<String, Object> row(Labels labels, Object value) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("Labels", labels.toMap());
    row.put("Value", value);
    return row;
  }

  private static Object field(Map<?, ?> row, String first, String second) {
    Object inner = row.get(first) instanceof Map<?, ?> map ? map.get(second) : "";
    return inner == null ? "" : inner;
  }

  private static List<Object> sorted(Arguments in) {
    String label = in.text(0);
    if (!(in.any(1) instanceof List<?> list)) {
      throw new BadInput("sortByLabel: expected the result of a query");
    }
    List<Object> rows = new ArrayList<>(list);
    rows.sort(
        Comparator.comparing(
            row -> row instanceof Map<?, ?> map ? field(map, "Labels", label).toString() : ""));
    return rows;
  }

  private static Object compare(Arguments in) {
    Object left = in.any(0);
    if (in.name().equals("eq")) {
      return in.all().stream().skip(1).anyMatch(right -> order(in, left, right) == 0);
    }
    int order = order(in, left, in.any(1));
    return switch (in.name()) {
      case "ne" -> order != 0;
      case "lt" -> order < 0;
      case "le" -> order <= 0;
      case "gt" -> order > 0;
      default -> order >= 0;
    };
  }

  private static int order(Arguments in, Object left, Object right) {
    if (left instanceof Double a && right instanceof Double b) {
      return a.compareTo(b);
    }
    if (left instanceof Long a && right instanceof Long b) {
      return a.compareTo(b);
    }
    if (left instanceof String a && right instanceof String b) {
      return a.compareTo(b);
    }
    if (left instanceof Boolean a && right instanceof Boolean b) {
      return Boolean.compare(a, b);
    }
    throw new BadInput(in.name() + ": incompatible types for comparison");
  }

  private static Object length(Object value) {
    return switch (value) {
      case String text -> (long) text.getBytes(StandardCharsets.UTF_8).length;
      case List<?> list -> (long) list.size();
      case Map<?, ?> map -> (long) map.size();
      default -> throw new BadInput("len of type without length");
    };
  }

  private static Object index(Arguments in) {
    Object key = in.any(1);
    Object found =
        switch (in.any(0)) {
          case Map<?, ?> map -> map.get(key);
          case List<?> list when key instanceof Long i && i >= 0 && i < list.size() ->
              list.get(i.intValue());
          default -> throw new BadInput("index out of range: " + GoFormat.print(key));
        };
    return found == null ? "" : found;
  }

  private static String joined(List<Object> arguments, String between) {
    return String.join(between, arguments.stream().map(GoFormat::print).toList());
  }

  private static Object args(List<Object> arguments) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (Object argument : arguments) {
      map.put("arg" + map.size(), argument);
    }
    return map;
  }

  private static double seconds(String text) {
    return Durations.parse(text)
            .orElseThrow(() -> new BadInput("parseDuration: not a valid duration: " + text))
            .toMillis()
        / 1e3;
  }

  private static String title(String text) {
    StringBuilder out = new StringBuilder();
    boolean begins = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.append(begins ? Character.toTitleCase(c) : c);
      begins = !Character.isLetterOrDigit(c) && c != '_' && c != '\'';
    }
    return out.toString();
  }

  private static Pattern pattern(String regex) {
    try {
      return Pattern.compile(regex); // RE2: linear time, whatever the expression
    } catch (PatternSyntaxException e) {
      throw new BadInput("bad regular expression: " + e.getMessage());
    }
  }

  /// Go writes `${1}` and `$name`, RE2/J `$1` and `${name}`.
  private static String replacement(String go) {
    return go.replaceAll("\\$\\{(\\d+)}", "\\$$1").replaceAll("\\$([A-Za-z_]\\w*)", "\\${$1}");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String path(String url) {
    int slashes = url.indexOf("://");
    int slash = url.indexOf('/', slashes < 0 ? 0 : slashes + 3);
    return slash < 0 ? "" : url.substring(slash);
  }

  /// Arguments with their types checked.
  private record Arguments(String name, List<Object> all) {
    Object any(int i) {
      if (i >= all.size()) {
        throw new BadInput("wrong number of args for " + name + ": got " + all.size());
      }
      return all.get(i);
    }

    String text(int i) {
      return GoFormat.print(any(i));
    }

    double number(int i) {
      return switch (any(i)) {
        case Number number -> number.doubleValue();
        case String text -> parsed(text);
        case Histogram _ ->
            throw new BadInput(
                "error calling " + name + ": can't convert *histogram.FloatHistogram to float");
        default -> throw new BadInput(name + ": can't convert to a number");
      };
    }

    private double parsed(String text) {
      try {
        return switch (text) {
          case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
          case "-Inf" -> Double.NEGATIVE_INFINITY;
          default -> Double.parseDouble(text);
        };
      } catch (NumberFormatException e) {
        throw new BadInput(
            "error calling "
                + name
                + ": strconv.ParseFloat: parsing \""
                + text
                + "\": invalid syntax");
      }
    }

    Map<?, Object> row(int i) {
      if (any(i) instanceof Map<?, ?> map) {
        Map<Object, Object> row = new LinkedHashMap<>();
        map.forEach(row::put);
        return row;
      }
      throw new BadInput(name + ": expected a row of a query's result");
    }
  }
}
