package hinomi.promql.reference;

import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.model.Sample;
import hinomi.promql.parse.At;
import hinomi.promql.parse.Expr;
import hinomi.promql.parse.When;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;

/// Evaluates an expression at one time.
final class Reference {
  private static final long LOOKBACK = 300_000;

  private final Data data;
  private final long start;
  private final long end;

  /// An expression that has no answer.
  static final class NoAnswer extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoAnswer(String why) {
      super(why);
    }
  }

  /// @param start of the query, milliseconds; likewise `end`
  Reference(Data data, long start, long end) {
    this.data = data;
    this.start = start;
    this.end = end;
  }

  double scalar(Expr expr, long now) {
    return switch (expr) {
      case Expr.NumberLiteral number -> number.value();
      case Expr.Paren paren -> scalar(paren.inner(), now);
      case Expr.Signed signed ->
          signed.minus() ? -scalar(signed.inner(), now) : scalar(signed.inner(), now);
      case Expr.Binary binary ->
          Operations.number(
              binary.operator(), scalar(binary.left(), now), scalar(binary.right(), now));
      case Expr.Call call ->
          switch (call.function().name()) {
            case "time" -> now / 1000.0;
            case "pi" -> Math.PI;
            case "scalar" -> {
              Map<Labels, Double> vector = vector(call.arguments().getFirst(), now);
              yield vector.size() == 1 ? vector.values().iterator().next() : Double.NaN;
            }
            default -> throw new IllegalArgumentException(call.function().name());
          };
      default -> throw new IllegalArgumentException(expr.toString());
    };
  }

  Map<Labels, Double> vector(Expr expr, long now) {
    return switch (expr) {
      case Expr.Paren paren -> vector(paren.inner(), now);
      case Expr.Signed signed ->
          signed.minus()
              ? each(vector(signed.inner(), now), value -> -value)
              : vector(signed.inner(), now);
      case Expr.Selector selector -> selected(selector, now, false);
      case Expr.Aggregate aggregate -> new Groups(this, aggregate, now).result();
      case Expr.Binary binary -> new Operations(this, binary, now).result();
      case Expr.Call call -> called(call, now);
      default -> throw new IllegalArgumentException(expr.toString());
    };
  }

  private long when(When when, long now) {
    long at =
        switch (when.at()) {
          case At.Step _ -> now;
          case At.Fixed fixed -> fixed.millis();
          case At.Start _ -> start;
          case At.End _ -> end;
        };
    return at - when.offset().millis();
  }

  private Map<Labels, Double> selected(Expr.Selector selector, long now, boolean times) {
    long at = when(selector.when(), now);
    Map<Labels, Double> found = new LinkedHashMap<>();
    data.between(selector.matchers(), at - LOOKBACK, at)
        .forEach((labels, samples) -> {
          if (!samples.isEmpty() && !Sample.isStale(samples.lastEntry().getValue())) {
            double value = times ? samples.lastKey() / 1000.0 : samples.lastEntry().getValue();
            put(found, times ? nameless(labels) : labels, value);
          }
        });
    return found;
  }

  static void put(Map<Labels, Double> vector, Labels labels, double value) {
    if (vector.put(labels, value) != null) {
      throw new NoAnswer("the same labels twice: " + labels);
    }
  }

  static Labels nameless(Labels labels) {
    return labels.without(Labels.NAME);
  }

  static Map<Labels, Double> each(Map<Labels, Double> vector, DoubleUnaryOperator function) {
    Map<Labels, Double> result = new LinkedHashMap<>();
    vector.forEach((labels, value) -> put(result, nameless(labels), function.applyAsDouble(value)));
    return result;
  }

  /// A range vector: what its windows are, and where they end.
  ///
  /// @param series without staleness markers
  record Span(Map<Labels, NavigableMap<Long, Double>> series, long from, long to) {}

  private Span span(Expr expr, long now) {
    return switch (expr) {
      case Expr.Paren paren -> span(paren.inner(), now);
      case Expr.RangeSelector range -> {
        long to = when(range.selector().when(), now);
        long from = to - range.range();
        Map<Labels, NavigableMap<Long, Double>> series =
            data.between(range.selector().matchers(), from, to);
        series.values().forEach(samples -> samples.values().removeIf(Sample::isStale));
        yield new Span(series, from, to);
      }
      case Expr.Subquery subquery -> evaluated(subquery, when(subquery.when(), now));
      default -> throw new IllegalArgumentException(expr.toString());
    };
  }

  private Span evaluated(Expr.Subquery subquery, long to) {
    Map<Labels, NavigableMap<Long, Double>> series = new LinkedHashMap<>();
    long from = to - subquery.range();
    long step = subquery.step() == 0 ? 60_000 : subquery.step();
    for (long time = step * (from / step) - step; time <= to; time += step) {
      if (time > from) {
        long at = time;
        vector(subquery.inner(), at)
            .forEach((labels, value) ->
                series.computeIfAbsent(labels, _ -> new TreeMap<>()).put(at, value));
      }
    }
    return new Span(series, from, to);
  }

  private Map<Labels, Double> called(Expr.Call call, long now) {
    String name = call.function().name();
    List<Expr> arguments = call.arguments();
    int last = arguments.size() - 1;
    return switch (name) {
      case "vector" -> Map.of(Labels.EMPTY, scalar(arguments.getFirst(), now));
      case "absent" -> absent(vector(arguments.getFirst(), now).isEmpty(), arguments.getFirst());
      case "absent_over_time" -> {
        Span span = span(arguments.getFirst(), now);
        boolean none = span.series().values().stream().allMatch(Map::isEmpty);
        yield absent(none, arguments.getFirst());
      }
      case "timestamp" ->
          bare(arguments.getFirst()) instanceof Expr.Selector selector
              ? selected(selector, now, true)
              : each(vector(arguments.getFirst(), now), _ -> now / 1000.0);
      case "quantile_over_time" ->
          windows(name, span(arguments.get(last), now), now, scalar(arguments.getFirst(), now));
      case "clamp" -> {
        double least = scalar(arguments.get(1), now);
        double most = scalar(arguments.get(2), now);
        Map<Labels, Double> vector = vector(arguments.getFirst(), now);
        yield most < least
            ? Map.of()
            : each(vector, value -> Math.max(least, Math.min(most, value)));
      }
      case "clamp_min", "clamp_max", "round" -> {
        double to = last == 0 ? 1 : scalar(arguments.get(last), now);
        yield each(
            vector(arguments.getFirst(), now),
            value ->
                switch (name) {
                  case "clamp_min" -> Math.max(value, to);
                  case "clamp_max" -> Math.min(value, to);
                  default -> Math.floor(value * (1 / to) + 0.5) / (1 / to);
                });
      }
      case "abs" -> each(vector(arguments.getFirst(), now), Math::abs);
      case "ceil" -> each(vector(arguments.getFirst(), now), Math::ceil);
      case "floor" -> each(vector(arguments.getFirst(), now), Math::floor);
      case "exp" -> each(vector(arguments.getFirst(), now), Math::exp);
      case "sqrt" -> each(vector(arguments.getFirst(), now), Math::sqrt);
      case "ln" -> each(vector(arguments.getFirst(), now), Math::log);
      case "sgn" -> each(vector(arguments.getFirst(), now), Math::signum);
      default ->
          windows(
              name,
              span(arguments.getFirst(), now),
              now,
              last == 0 ? Double.NaN : scalar(arguments.get(last), now));
    };
  }

  private static Map<Labels, Double> windows(
      String function, Span span, long now, double parameter) {
    boolean keeps = function.equals("last_over_time") || function.equals("first_over_time");
    Map<Labels, Double> result = new LinkedHashMap<>();
    span.series()
        .forEach((labels, samples) -> {
          if (!samples.isEmpty()) {
            Spans.of(function, samples, span, now, parameter)
                .ifPresent(value -> put(result, keeps ? labels : nameless(labels), value));
          }
        });
    return result;
  }

  private static Expr bare(Expr expr) {
    return expr instanceof Expr.Paren paren ? bare(paren.inner()) : expr;
  }

  private static Map<Labels, Double> absent(boolean none, Expr expr) {
    List<Matcher> matchers =
        switch (bare(expr)) {
          case Expr.Selector selector -> selector.matchers();
          case Expr.RangeSelector range -> range.selector().matchers();
          default -> List.of();
        };
    Labels labels = Labels.EMPTY;
    Set<String> seen = new HashSet<>();
    for (Matcher matcher : matchers) {
      if (!matcher.name().equals(Labels.NAME)) {
        boolean alone = seen.add(matcher.name());
        String value = alone && matcher.kind() == Matcher.Kind.EQUAL ? matcher.value() : "";
        labels = labels.with(matcher.name(), value);
      }
    }
    return none ? Map.of(labels, 1.0) : Map.of();
  }
}
