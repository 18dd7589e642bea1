package hinomi.collector;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.CodedOutputStream;
import hinomi.model.Sample;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.xerial.snappy.Snappy;

/// Makes the bodies that the receiver cases describe, in both versions of remote write, wrong ones
/// included.
final class RemoteWriteBodies {
  private final long now;
  private final List<String> symbols = new ArrayList<>();

  /// @param now milliseconds since the epoch
  RemoteWriteBodies(long now) {
    this.now = now;
  }

  interface Content {
    void write(CodedOutputStream out) throws IOException;
  }

  static byte[] message(Content content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    content.write(out);
    out.flush();
    return bytes.toByteArray();
  }

  byte[] body(JsonNode c, JsonNode series) throws IOException {
    String corrupt = c.path("corrupt").asText();
    if (corrupt.equals("empty-body")) {
      return new byte[0];
    }
    byte[] message = c.get("proto").asText().equals("v1") ? v1(c, series) : v2(c, series);
    return switch (corrupt) {
      case "" -> Snappy.compress(message);
      case "snappy-first-byte" -> {
        byte[] block = Snappy.compress(message);
        block[0] ^= 0x7F;
        yield block;
      }
      case "proto-random" -> Snappy.compress(new byte[] {0x2A, 0x7F, 0x13, 0x55, 0x0C, 0x77});
      case "framed" -> {
        byte[] head = {(byte) 0xFF, 6, 0, 0, 's', 'N', 'a', 'P', 'p', 'Y', 0, 1, 0, 0};
        yield head;
      }
      default -> throw new AssertionError("unknown corruption " + corrupt);
    };
  }

  private byte[] v1(JsonNode c, JsonNode series) throws IOException {
    return message(out -> {
      for (JsonNode s : series) {
        out.writeByteArray(1, seriesV1(c, s));
      }
      for (JsonNode m : c.path("metadata")) {
        byte[] metadata =
            message(inner -> {
              inner.writeEnum(1, m.get("type").asInt());
              inner.writeString(2, m.get("name").asText());
              inner.writeString(4, m.get("help").asText());
              inner.writeString(5, m.get("unit").asText());
            });
        out.writeByteArray(3, metadata);
      }
    });
  }

  private byte[] seriesV1(JsonNode c, JsonNode s) throws IOException {
    return message(out -> {
      for (String[] pair : pairs(c, s)) {
        byte[] label =
            message(inner -> {
              inner.writeString(1, pair[0]);
              inner.writeString(2, pair[1]);
            });
        out.writeByteArray(1, label);
      }
      for (JsonNode sample : s.path("samples")) {
        out.writeByteArray(2, sample(sample));
      }
    });
  }

  private static List<String[]> pairs(JsonNode c, JsonNode s) {
    List<String[]> pairs = new ArrayList<>();
    s.get("labels")
        .properties()
        .forEach(l -> pairs.add(new String[] {l.getKey(), l.getValue().asText()}));
    pairs.sort((a, b) -> a[0].compareTo(b[0]));
    for (JsonNode extra : c.path("extra_label_pairs")) {
      pairs.add(new String[] {extra.get(0).asText(), extra.get(1).asText()});
    }
    return c.path("label_order").asText().equals("reverse") ? pairs.reversed() : pairs;
  }

  private byte[] sample(JsonNode sample) throws IOException {
    return message(out -> {
      out.writeFixed64(1, Double.doubleToRawLongBits(value(sample.get(0).asText())));
      out.writeInt64(2, now + sample.get(1).asLong());
      if (sample.path(2).isNumber()) {
        out.writeInt64(3, now + sample.get(2).asLong());
      }
    });
  }

  static double value(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "nan" -> Double.NaN;
      case "stale" -> Sample.STALE;
      case "inf", "+inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  private byte[] v2(JsonNode c, JsonNode series) throws IOException {
    symbols.clear();
    symbols.add(c.path("raw").path("first_symbol").asText(""));
    List<byte[]> written = new ArrayList<>();
    for (JsonNode s : series) {
      written.add(seriesV2(c, s));
    }
    return message(out -> {
      for (String symbol : symbols) {
        out.writeString(4, symbol);
      }
      for (byte[] one : written) {
        out.writeByteArray(5, one);
      }
    });
  }

  private byte[] seriesV2(JsonNode c, JsonNode s) throws IOException {
    List<Integer> references = new ArrayList<>();
    pairs(c, s).forEach(pair -> addPair(references, pair));
    JsonNode override = c.path("raw").path("labels_refs_override");
    if (override.isArray()) {
      references.clear();
      override.forEach(r -> references.add(r.asInt()));
    }
    return message(out -> {
      packed(out, references);
      for (JsonNode sample : s.path("samples")) {
        out.writeByteArray(2, sample(sample));
      }
      for (JsonNode histogram : s.path("histograms")) {
        out.writeByteArray(3, histogram(histogram));
      }
      for (JsonNode exemplar : s.path("exemplars")) {
        out.writeByteArray(4, exemplar(exemplar));
      }
      if (s.has("metadata")) {
        JsonNode m = s.get("metadata");
        byte[] metadata =
            message(inner -> {
              inner.writeEnum(1, m.get("type").asInt());
              inner.writeUInt32(3, symbol(m.get("help").asText()));
              inner.writeUInt32(4, symbol(m.get("unit").asText()));
            });
        out.writeByteArray(5, metadata);
      }
    });
  }

  private void addPair(List<Integer> references, String[] pair) {
    references.add(symbol(pair[0]));
    references.add(symbol(pair[1]));
  }

  private int symbol(String text) {
    if (!symbols.contains(text)) {
      symbols.add(text);
    }
    return symbols.indexOf(text);
  }

  private static void packed(CodedOutputStream out, List<Integer> references) throws IOException {
    byte[] list =
        message(inner -> {
          for (int reference : references) {
            inner.writeUInt32NoTag(reference);
          }
        });
    out.writeByteArray(1, list);
  }

  private byte[] exemplar(JsonNode exemplar) throws IOException {
    List<Integer> references = new ArrayList<>();
    exemplar
        .get("labels")
        .properties()
        .forEach(l -> addPair(references, new String[] {l.getKey(), l.getValue().asText()}));
    return message(out -> {
      packed(out, references);
      out.writeDouble(2, value(exemplar.get("value").asText()));
      out.writeInt64(3, now + exemplar.get("t_offset").asLong());
    });
  }

  private byte[] histogram(JsonNode h) throws IOException {
    return message(out -> {
      if (h.has("count_int")) {
        out.writeUInt64(1, h.get("count_int").asLong());
      }
      if (h.has("count_float")) {
        out.writeDouble(2, h.get("count_float").asDouble());
      }
      out.writeDouble(3, h.path("sum").asDouble());
      out.writeSInt32(4, h.get("schema").asInt());
      out.writeDouble(5, h.path("zero_threshold").asDouble());
      if (h.has("zero_count_int")) {
        out.writeUInt64(6, h.get("zero_count_int").asLong());
      }
      if (h.has("zero_count_float")) {
        out.writeDouble(7, h.get("zero_count_float").asDouble());
      }
      side(out, h, "negative", 8);
      side(out, h, "positive", 11);
      out.writeInt64(15, now + h.path("t_offset").asLong());
      for (JsonNode bound : h.path("custom_values")) {
        out.writeDouble(16, bound.asDouble());
      }
    });
  }

  private static void side(CodedOutputStream out, JsonNode h, String sign, int field)
      throws IOException {
    for (JsonNode span : h.path(sign + "_spans")) {
      byte[] bytes =
          message(inner -> {
            inner.writeSInt32(1, span.get(0).asInt());
            inner.writeUInt32(2, span.get(1).asInt());
          });
      out.writeByteArray(field, bytes);
    }
    byte[] deltas =
        message(inner -> {
          for (JsonNode delta : h.path(sign + "_deltas")) {
            inner.writeSInt64NoTag(delta.asLong());
          }
        });
    if (deltas.length > 0) {
      out.writeByteArray(field + 1, deltas);
    }
    for (JsonNode count : h.path(sign + "_counts")) {
      out.writeDouble(field + 2, count.asDouble());
    }
  }
}
