package hinomi.logindexer.http;

import hinomi.logindexer.logql.Row;
import hinomi.logindexer.logql.Steps;
import hinomi.logindexer.logql.Value;
import hinomi.model.Labels;
import hinomi.model.LogRecord;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Answers in Loki's JSON shapes, as plain maps and lists.
final class LokiShapes {
  private LokiShapes() {}

  static Map<String, Object> success(Object data) {
    return ordered("status", "success", "data", data);
  }

  /// Lines grouped by stream, in the order they were found.
  ///
  /// @param categorize metadata stand beside their line (`categorize-labels`); else they are labels
  ///   of the stream
  static Map<String, Object> streams(List<LogRecord> lines, boolean categorize) {
    Map<Labels, List<Object>> streams = new TreeMap<>();
    for (LogRecord line : lines) {
      List<Object> value = new ArrayList<>(3);
      value.add(Long.toString(line.timestamp()));
      value.add(line.line());
      Labels stream = line.stream();
      if (categorize) {
        value.add(
            line.metadata().isEmpty()
                ? Map.of()
                : Map.of("structuredMetadata", line.metadata().toMap()));
      } else if (!line.metadata().isEmpty()) {
        stream = Labels.builder().setAll(stream).setAll(line.metadata()).build();
      }
      streams.computeIfAbsent(stream, _ -> new ArrayList<>()).add(value);
    }
    List<Object> result = new ArrayList<>();
    streams.forEach(
        (stream, values) -> result.add(ordered("stream", stream.toMap(), "values", values)));
    Map<String, Object> data = ordered("resultType", "streams", "result", result);
    if (categorize) {
      data.put("encodingFlags", List.of("categorize-labels"));
    }
    data.put("stats", Map.of());
    return success(data);
  }

  /// One value a series at one time, or one number.
  static Map<String, Object> instant(Value value, Steps steps) {
    return switch (value) {
      case Value.Constant(double number) -> result("scalar", point(steps.time(0), number));
      case Value.Rows(Map<Labels, Row> rows) -> {
        List<Object> result = new ArrayList<>();
        rows.forEach((labels, row) -> {
          if (row.has(0)) {
            result.add(
                ordered("metric", labels.toMap(), "value", point(steps.time(0), row.value(0))));
          }
        });
        yield result("vector", result);
      }
    };
  }

  /// All values of each series.
  static Map<String, Object> matrix(Value value, Steps steps) {
    List<Object> result = new ArrayList<>();
    switch (value) {
      case Value.Constant(double number) -> {
        List<Object> points = new ArrayList<>();
        for (int i = 0; i < steps.count(); i++) {
          points.add(point(steps.time(i), number));
        }
        result.add(ordered("metric", Map.of(), "values", points));
      }
      case Value.Rows(Map<Labels, Row> rows) ->
          rows.forEach((labels, row) -> {
            List<Object> points = new ArrayList<>();
            for (int i = 0; i < steps.count(); i++) {
              if (row.has(i)) {
                points.add(point(steps.time(i), row.value(i)));
              }
            }
            if (!points.isEmpty()) {
              result.add(ordered("metric", labels.toMap(), "values", points));
            }
          });
    }
    return result("matrix", result);
  }

  static Map<String, Object> result(String type, Object result) {
    Map<String, Object> data = ordered("resultType", type, "result", result);
    data.put("stats", Map.of());
    return success(data);
  }

  /// Seconds as a number, to the millisecond, and the value as text.
  static List<Object> point(long nanos, double value) {
    BigDecimal seconds = BigDecimal.valueOf(nanos / 1_000_000, 3).stripTrailingZeros();
    return List.of(new BigDecimal(seconds.toPlainString()), shown(value));
  }

  /// As Go prints a float with 'f' and the fewest digits.
  private static String shown(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
  }

  private static Map<String, Object> ordered(
      String name, Object value, String other, Object otherValue) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(name, value);
    map.put(other, otherValue);
    return map;
  }
}
