package hinomi.promql.evaluate;

import hinomi.model.Labels;
import hinomi.promql.parse.Expr;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/// Parts of a date, in UTC, of seconds since the epoch; without an argument, of the evaluation
/// time. Also the clock itself: `time`, `timestamp`.
final class CalendarFunctions {
  /// Far beyond any date of the calendar, yet within what `java.time` can hold.
  private static final long FARTHEST = 31_556_889_864_000_000L;

  private static final Map<String, ToIntFunction<OffsetDateTime>> PARTS =
      Map.of(
          "minute", OffsetDateTime::getMinute,
          "hour", OffsetDateTime::getHour,
          "day_of_week", date -> date.getDayOfWeek().getValue() % 7,
          "day_of_month", OffsetDateTime::getDayOfMonth,
          "day_of_year", OffsetDateTime::getDayOfYear,
          "days_in_month", date -> date.toLocalDate().lengthOfMonth(),
          "month", OffsetDateTime::getMonthValue,
          "year", OffsetDateTime::getYear);

  private CalendarFunctions() {}

  /// Of the date that each value of a vector is.
  static Map<String, Functions.OfPoint> ofPoints() {
    Map<String, Functions.OfPoint> all = new HashMap<>();
    PARTS.forEach((name, part) -> all.put(name, (value, _) -> part.applyAsInt(date(value))));
    return all;
  }

  /// Of the evaluation time.
  static Map<String, Functions.OfCall> ofTime() {
    Map<String, Functions.OfCall> all = new HashMap<>();
    PARTS.forEach((name, part) -> all.put(name, arguments -> now(arguments, part)));
    all.put("time", arguments -> new Value.Scalar(seconds(arguments)));
    return all;
  }

  private static Value now(Arguments arguments, ToIntFunction<OffsetDateTime> part) {
    double[] values = seconds(arguments);
    for (int i = 0; i < values.length; i++) {
      values[i] = part.applyAsInt(date(values[i]));
    }
    return new Value.Vector(List.of(new Row(Labels.EMPTY, values)));
  }

  private static OffsetDateTime date(double seconds) {
    long bounded = Math.clamp((long) seconds, -FARTHEST, FARTHEST);
    return Instant.ofEpochSecond(bounded).atOffset(ZoneOffset.UTC);
  }

  private static double[] seconds(Arguments arguments) {
    double[] seconds = arguments.row();
    for (int i = 0; i < seconds.length; i++) {
      seconds[i] = arguments.grid().time(i) / 1000.0;
    }
    return seconds;
  }

  /// Of a selector since when each sample counts; what was computed counts since no time.
  static Supply startTimestamp(Arguments arguments) {
    if (arguments.expr(0) instanceof Expr.Selector selector) {
      return arguments.evaluator().starts(selector, arguments.grid());
    }
    arguments.vector(0);
    return new Held(List.of(), arguments.grid().count());
  }

  /// Of a selector the time of each sample; of anything else the evaluation time.
  static Supply timestamp(Arguments arguments) {
    if (arguments.expr(0) instanceof Expr.Selector selector) {
      return arguments.evaluator().timestamps(selector, arguments.grid());
    }
    double[] seconds = seconds(arguments);
    return new Mapped(
        arguments.supply(0),
        true,
        _ ->
            (row, _) -> {
              for (int i = 0; i < seconds.length; i++) {
                if (row.has(i)) {
                  row.set(i, seconds[i]);
                }
              }
              return row.done();
            });
  }
}
