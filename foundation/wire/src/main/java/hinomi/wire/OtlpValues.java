package hinomi.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/// OTLP attribute values as text: strings as they are, numbers and booleans as in JSON, bytes in
/// base64, lists and maps as JSON (OTel specification, common/attribute-type-mapping).
final class OtlpValues {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private OtlpValues() {}

  static String text(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
      case INT_VALUE -> Long.toString(value.getIntValue());
      case DOUBLE_VALUE -> number(value.getDoubleValue());
      case BYTES_VALUE -> Base64.getEncoder().encodeToString(value.getBytesValue().toByteArray());
      case ARRAY_VALUE, KVLIST_VALUE -> new String(Json.bytes(json(value)), StandardCharsets.UTF_8);
      case STRING_VALUE_STRINDEX, VALUE_NOT_SET -> "";
    };
  }

  private static JsonNode json(AnyValue value) {
    return switch (value.getValueCase()) {
      case BOOL_VALUE -> NODES.booleanNode(value.getBoolValue());
      case INT_VALUE -> NODES.numberNode(value.getIntValue());
      case DOUBLE_VALUE -> {
        double d = value.getDoubleValue();
        yield Double.isFinite(d)
            ? NODES.numberNode(new BigDecimal(number(d)))
            : NODES.textNode(number(d));
      }
      case ARRAY_VALUE -> {
        ArrayNode array = NODES.arrayNode();
        value.getArrayValue().getValuesList().forEach(element -> array.add(json(element)));
        yield array;
      }
      case KVLIST_VALUE -> object(value.getKvlistValue().getValuesList());
      case VALUE_NOT_SET -> NODES.nullNode();
      case STRING_VALUE, BYTES_VALUE, STRING_VALUE_STRINDEX -> NODES.textNode(text(value));
    };
  }

  private static ObjectNode object(List<KeyValue> pairs) {
    ObjectNode object = NODES.objectNode();
    pairs.forEach(pair -> object.set(pair.getKey(), json(pair.getValue())));
    return object;
  }

  /// The shortest decimal that reads back as the same double, without an exponent where that stays
  /// short: `0.005`, `10`, `+Inf`. The form of `le` and `quantile` values.
  static String number(double d) {
    if (Double.isNaN(d)) {
      return "NaN";
    }
    if (Double.isInfinite(d)) {
      return d > 0 ? "+Inf" : "-Inf";
    }
    if (d == 0) {
      return 1 / d > 0 ? "0" : "-0";
    }
    double size = Math.abs(d);
    BigDecimal shortest = new BigDecimal(Double.toString(d)).stripTrailingZeros();
    return size >= 1e-9 && size < 1e21
        ? shortest.toPlainString()
        : shortest.toString().replace('E', 'e');
  }
}
