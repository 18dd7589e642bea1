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

  private CalendarFunctions() {}

  static Map<String, Functions.OfCall> all() {
    Map<String, Functions.OfCall> all = new HashMap<>();
    add(all, "minute", OffsetDateTime::getMinute);
    add(all, "hour", OffsetDateTime::getHour);
    add(all, "day_of_week", date -> date.getDayOfWeek().getValue() % 7);
    add(all, "day_of_month", OffsetDateTime::getDayOfMonth);
    add(all, "day_of_year", OffsetDateTime::getDayOfYear);
    add(all, "days_in_month", date -> date.toLocalDate().lengthOfMonth());
    add(all, "month", OffsetDateTime::getMonthValue);
    add(all, "year", OffsetDateTime::getYear);
    all.put("time", arguments -> new Value.Scalar(seconds(arguments)));
    all.put("timestamp", CalendarFunctions::timestamp);
    return all;
  }

  private static void add(
      Map<String, Functions.OfCall> all, String name, ToIntFunction<OffsetDateTime> part) {
    Functions.OfPoint function = (value, _) -> part.applyAsInt(date(value));
    all.put(
        name,
        arguments ->
            arguments.count() == 0 ? now(arguments, function) : Points.apply(arguments, function));
  }

  private static Value now(Arguments arguments, Functions.OfPoint part) {
    double[] values = seconds(arguments);
    for (int i = 0; i < values.length; i++) {
      values[i] = part.apply(values[i], new double[0]);
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

  /// Of a selector the time of each sample; of anything else the evaluation time.
  private static Value timestamp(Arguments arguments) {
    Rows rows = new Rows();
    if (arguments.expr(0) instanceof Expr.Selector selector) {
      for (Row row : arguments.evaluator().timestamps(selector, arguments.grid()).rows()) {
        rows.add(Rows.withoutMetric(row.labels()), row.values());
      }
      return rows.vector();
    }
    double[] seconds = seconds(arguments);
    for (Row row : arguments.vector(0).rows()) {
      double[] values = arguments.row();
      for (int i = 0; i < values.length; i++) {
        values[i] = Row.isPresent(row.values()[i]) ? seconds[i] : Row.ABSENT;
      }
      rows.add(Rows.withoutMetric(row.labels()), values);
    }
    return rows.vector();
  }
}
