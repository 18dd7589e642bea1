package hinomi.promql.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import hinomi.model.Labels;
import hinomi.model.Sample;
import hinomi.model.Series;
import hinomi.promql.Answer;
import hinomi.promql.parse.Numbers;
import hinomi.web.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Answers as JSON, in the shapes of Prometheus' API. Written straight from the answer, for a
/// matrix may hold millions of values.
final class Shapes {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String TRUNCATED = "results truncated due to limit";

  private Shapes() {}

  @FunctionalInterface
  private interface Body {
    void write(JsonGenerator json) throws IOException;
  }

  /// @param limit of vectors and matrices: series listed at most
  static Reply answer(Answer answer, int limit) {
    return written(
        200,
        json -> {
          json.writeStringField("status", "success");
          json.writeObjectFieldStart("data");
          boolean truncated = data(json, answer, limit);
          json.writeEndObject();
          notes(json, answer, truncated);
        });
  }

  private static boolean data(JsonGenerator json, Answer answer, int limit) throws IOException {
    switch (answer) {
      case Answer.Vector vector -> {
        begin(json, "vector");
        json.writeStartArray();
        for (Sample sample : vector.samples().stream().limit(limit).toList()) {
          json.writeStartObject();
          metric(json, sample.labels());
          json.writeFieldName("value");
          point(json, sample.timestamp(), Numbers.json(sample.value()));
          json.writeEndObject();
        }
        json.writeEndArray();
        return vector.samples().size() > limit;
      }
      case Answer.Matrix matrix -> {
        begin(json, "matrix");
        json.writeStartArray();
        for (Series series : matrix.series().stream().limit(limit).toList()) {
          json.writeStartObject();
          metric(json, series.labels());
          json.writeArrayFieldStart("values");
          for (int i = 0; i < series.size(); i++) {
            point(json, series.timestamps()[i], Numbers.json(series.values()[i]));
          }
          json.writeEndArray();
          json.writeEndObject();
        }
        json.writeEndArray();
        return matrix.series().size() > limit;
      }
      case Answer.Scalar scalar -> {
        begin(json, "scalar");
        point(json, scalar.timestamp(), Numbers.json(scalar.value()));
        return false;
      }
      case Answer.Text text -> {
        begin(json, "string");
        point(json, text.timestamp(), text.value());
        return false;
      }
    }
  }

  private static void begin(JsonGenerator json, String type) throws IOException {
    json.writeStringField("resultType", type);
    json.writeFieldName("result");
  }

  private static void metric(JsonGenerator json, Labels labels) throws IOException {
    json.writeObjectFieldStart("metric");
    for (int i = 0; i < labels.size(); i++) {
      json.writeStringField(labels.name(i), labels.value(i));
    }
    json.writeEndObject();
  }

  private static void point(JsonGenerator json, long millis, String value) throws IOException {
    json.writeStartArray();
    if (millis % 1000 == 0) {
      json.writeNumber(millis / 1000);
    } else {
      json.writeNumber(BigDecimal.valueOf(millis, 3).stripTrailingZeros().toPlainString());
    }
    json.writeString(value);
    json.writeEndArray();
  }

  private static void notes(JsonGenerator json, Answer answer, boolean truncated)
      throws IOException {
    if (truncated || !answer.warnings().isEmpty()) {
      json.writeArrayFieldStart("warnings");
      for (String warning : answer.warnings()) {
        json.writeString(warning);
      }
      if (truncated) {
        json.writeString(TRUNCATED);
      }
      json.writeEndArray();
    }
    if (!answer.infos().isEmpty()) {
      json.writeArrayFieldStart("infos");
      for (String info : answer.infos()) {
        json.writeString(info);
      }
      json.writeEndArray();
    }
  }

  /// A list of plain values or label sets, cut to a limit.
  static Reply list(List<?> all, int limit) {
    List<?> kept = all.size() > limit ? all.subList(0, limit) : all;
    return kept.size() == all.size()
        ? success(kept)
        : Reply.json(
            new TreeMap<>(
                Map.of("status", "success", "data", kept, "warnings", List.of(TRUNCATED))));
  }

  static Reply success(Object data) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("status", "success");
    body.put("data", data);
    return Reply.json(body);
  }

  static Reply error(int status, String type, String message) {
    return written(
        status,
        json -> {
          json.writeStringField("status", "error");
          json.writeStringField("errorType", type);
          json.writeStringField("error", message);
        });
  }

  private static Reply written(int status, Body body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      body.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Reply.of(status, "application/json", bytes.toByteArray());
  }
}
