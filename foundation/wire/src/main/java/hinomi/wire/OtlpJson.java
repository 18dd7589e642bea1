package hinomi.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import hinomi.model.BadInput;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

/// OTLP's JSON to its messages, led by the messages' own descriptors: proto3 JSON, except that
/// trace and span ids are hex, that enums are numbers (names are taken as well), and that unknown
/// keys are ignored.
final class OtlpJson {
  /// As deep as protobuf's own reader goes.
  private static final int MAX_DEPTH = 100;

  private OtlpJson() {}

  static void merge(JsonNode object, Message.Builder message) {
    merge(object, message, 0);
  }

  private static void merge(JsonNode object, Message.Builder message, int depth) {
    if (depth > MAX_DEPTH) {
      throw new BadInput("JSON nested deeper than " + MAX_DEPTH);
    }
    if (!object.isObject()) {
      throw new BadInput(message.getDescriptorForType().getName() + " is not a JSON object");
    }
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      JsonNode node = object.get(field.getJsonName());
      if (node == null || node.isNull()) {
        continue;
      }
      if (!field.isRepeated()) {
        message.setField(field, value(field, node, message, depth));
      } else if (node.isArray()) {
        for (JsonNode element : node) {
          message.addRepeatedField(field, value(field, element, message, depth));
        }
      } else {
        throw wrong(field, node, "an array");
      }
    }
  }

  private static Object value(
      FieldDescriptor field, JsonNode node, Message.Builder message, int depth) {
    return switch (field.getJavaType()) {
      case MESSAGE -> {
        Message.Builder inner = message.newBuilderForField(field);
        merge(node, inner, depth + 1);
        yield inner.build();
      }
      case STRING -> {
        if (!node.isTextual()) {
          throw wrong(field, node, "a string");
        }
        yield node.textValue();
      }
      case BOOLEAN -> {
        if (!node.isBoolean()) {
          throw wrong(field, node, "true or false");
        }
        yield node.booleanValue();
      }
      case INT -> integer(field, node).intValue();
      case LONG -> integer(field, node).longValue();
      case DOUBLE -> real(field, node);
      case FLOAT -> (float) real(field, node);
      case BYTE_STRING -> bytes(field, node);
      case ENUM -> enumeration(field, node);
    };
  }

  /// 64-bit integers may be numbers or decimal strings, with an exponent as well.
  private static BigInteger integer(FieldDescriptor field, JsonNode node) {
    boolean unsigned =
        switch (field.getType()) {
          case UINT32, UINT64, FIXED32, FIXED64 -> true;
          default -> false;
        };
    int bits = field.getJavaType() == FieldDescriptor.JavaType.INT ? 32 : 64;
    try {
      BigDecimal number =
          node.isTextual() ? new BigDecimal(node.textValue().strip()) : node.decimalValue();
      if (Math.abs((long) number.scale()) > 400 || !(node.isTextual() || node.isNumber())) {
        throw wrong(field, node, "an integer");
      }
      BigInteger value = number.toBigIntegerExact();
      if ((value.signum() < 0 && unsigned) || value.bitLength() > (unsigned ? bits : bits - 1)) {
        throw wrong(field, node, "an integer of " + bits + " bits");
      }
      return value;
    } catch (ArithmeticException | NumberFormatException e) {
      throw wrong(field, node, "an integer");
    }
  }

  private static double real(FieldDescriptor field, JsonNode node) {
    if (node.isNumber()) {
      return node.doubleValue();
    }
    Map<String, Double> names =
        Map.of(
            "NaN", Double.NaN,
            "Infinity", Double.POSITIVE_INFINITY,
            "-Infinity", Double.NEGATIVE_INFINITY);
    try {
      String text = node.isTextual() ? node.textValue() : "";
      Double named = names.get(text);
      return named == null ? new BigDecimal(text).doubleValue() : named;
    } catch (NumberFormatException e) {
      throw wrong(field, node, "a number");
    }
  }

  private static ByteString bytes(FieldDescriptor field, JsonNode node) {
    if (!node.isTextual()) {
      throw wrong(field, node, "a string");
    }
    String text = node.textValue();
    try {
      return ByteString.copyFrom(
          field.getName().endsWith("trace_id") || field.getName().endsWith("span_id")
              ? HexFormat.of().parseHex(text)
              : base64(text));
    } catch (IllegalArgumentException e) {
      throw wrong(field, node, "hex or base64 digits");
    }
  }

  private static byte[] base64(String text) {
    return text.indexOf('-') >= 0 || text.indexOf('_') >= 0
        ? Base64.getUrlDecoder().decode(text)
        : Base64.getDecoder().decode(text);
  }

  private static Object enumeration(FieldDescriptor field, JsonNode node) {
    EnumDescriptor type = field.getEnumType();
    if (!node.isTextual()) {
      return type.findValueByNumberCreatingIfUnknown(integer(field, node).intValue());
    }
    Object named = type.findValueByName(node.textValue());
    if (named == null) {
      throw wrong(field, node, "an integer");
    }
    return named;
  }

  private static BadInput wrong(FieldDescriptor field, JsonNode node, String expected) {
    String text = node.toString();
    return new BadInput(
        field.getJsonName()
            + " is not "
            + expected
            + ": "
            + (text.length() > 60 ? text.substring(0, 60) + "…" : text));
  }
}
