package hinomi.testkit;

import static hinomi.testkit.Wire.bytes;
import static hinomi.testkit.Wire.field;
import static hinomi.testkit.Wire.join;
import static hinomi.testkit.Wire.number;
import static hinomi.testkit.Wire.real;
import static hinomi.testkit.Wire.snappy;
import static hinomi.testkit.Wire.varint;
import static hinomi.testkit.Wire.zigzag;

import com.fasterxml.jackson.databind.JsonNode;
import hinomi.model.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Makes the bodies that receiver cases of remote write describe in JSON, in both versions
/// (prometheus.io, "Remote write specification"), wrong ones included. One thread.
public final class RemoteWriteBodies {
  private final long now;
  private final List<String> symbols = new ArrayList<>();

  /// @param now zero of the cases' times, milliseconds since the epoch
  public RemoteWriteBodies(long now) {
    this.now = now;
  }

  /// @param c the case, of which version and damage are taken
  /// @param series what is sent
  public byte[] body(JsonNode c, JsonNode series) {
    String corrupt = c.path("corrupt").asText();
    if (corrupt.equals("empty-body")) {
      return new byte[0];
    }
    byte[] message = c.get("proto").asText().equals("v1") ? v1(c, series) : v2(c, series);
    return switch (corrupt) {
      case "" -> snappy(message);
      case "snappy-first-byte" -> {
        byte[] block = snappy(message);
        block[0] ^= 0x7F;
        yield block;
      }
      case "proto-random" -> snappy(new byte[] {0x2A, 0x7F, 0x13, 0x55, 0x0C, 0x77});
      case "framed" -> {
        byte[] head = {(byte) 0xFF, 6, 0, 0, 's', 'N', 'a', 'P', 'p', 'Y', 0, 1, 0, 0};
        yield head;
      }
      default -> throw new AssertionError("unknown corruption " + corrupt);
    };
  }

  private byte[] v1(JsonNode c, JsonNode series) {
    List<byte[]> parts = new ArrayList<>();
    for (JsonNode s : series) {
      parts.add(field(1, seriesV1(c, s)));
    }
    for (JsonNode m : c.path("metadata")) {
      parts.add(
          field(
              3,
              number(1, m.get("type").asInt()),
              field(2, bytes(m.get("name").asText())),
              field(4, bytes(m.get("help").asText())),
              field(5, bytes(m.get("unit").asText()))));
    }
    return joined(parts);
  }

  private static byte[] joined(List<byte[]> parts) {
    return join(parts.toArray(byte[][]::new));
  }

  private byte[] seriesV1(JsonNode c, JsonNode s) {
    List<byte[]> parts = new ArrayList<>();
    for (String[] pair : pairs(c, s)) {
      parts.add(field(1, field(1, bytes(pair[0])), field(2, bytes(pair[1]))));
    }
    for (JsonNode sample : s.path("samples")) {
      parts.add(field(2, sample(sample)));
    }
    return joined(parts);
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

  private byte[] sample(JsonNode sample) {
    byte[] start = sample.path(2).isNumber() ? number(3, time(sample.get(2))) : new byte[0];
    return join(real(1, value(sample.get(0).asText())), number(2, time(sample.get(1))), start);
  }

  /// Milliseconds since the epoch of an offset from now, or of a time as it stands: `abs:1000`.
  public long time(JsonNode offset) {
    String text = offset.asText();
    return text.startsWith("abs:")
        ? Long.parseLong(text.substring("abs:".length()))
        : now + offset.asLong();
  }

  /// A sample's value as the cases spell it.
  public static double value(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "nan" -> Double.NaN;
      case "stale" -> Sample.STALE;
      case "inf", "+inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  private byte[] v2(JsonNode c, JsonNode series) {
    symbols.clear();
    symbols.add(c.path("raw").path("first_symbol").asText(""));
    List<byte[]> written = new ArrayList<>();
    for (JsonNode s : series) {
      written.add(field(5, seriesV2(c, s)));
    }
    List<byte[]> parts = new ArrayList<>();
    symbols.forEach(symbol -> parts.add(field(4, bytes(symbol))));
    parts.addAll(written);
    return joined(parts);
  }

  private byte[] seriesV2(JsonNode c, JsonNode s) {
    List<Integer> references = new ArrayList<>();
    pairs(c, s).forEach(pair -> addPair(references, pair));
    JsonNode override = c.path("raw").path("labels_refs_override");
    if (override.isArray()) {
      references.clear();
      override.forEach(r -> references.add(r.asInt()));
    }
    List<byte[]> parts = new ArrayList<>();
    parts.add(field(1, packed(references)));
    s.path("samples").forEach(sample -> parts.add(field(2, sample(sample))));
    s.path("histograms").forEach(histogram -> parts.add(field(3, histogram(histogram))));
    s.path("exemplars").forEach(exemplar -> parts.add(field(4, exemplar(exemplar))));
    if (s.has("metadata")) {
      JsonNode m = s.get("metadata");
      parts.add(
          field(
              5,
              number(1, m.get("type").asInt()),
              number(3, symbol(m.get("help").asText())),
              number(4, symbol(m.get("unit").asText()))));
    }
    return joined(parts);
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

  private static byte[] packed(List<Integer> references) {
    return joined(references.stream().map(Wire::varint).toList());
  }

  private byte[] exemplar(JsonNode exemplar) {
    List<Integer> references = new ArrayList<>();
    exemplar
        .get("labels")
        .properties()
        .forEach(l -> addPair(references, new String[] {l.getKey(), l.getValue().asText()}));
    return join(
        field(1, packed(references)),
        real(2, value(exemplar.get("value").asText())),
        number(3, time(exemplar.get("t_offset"))));
  }

  private byte[] histogram(JsonNode h) {
    List<byte[]> parts = new ArrayList<>();
    if (h.has("count_int")) {
      parts.add(number(1, h.get("count_int").asLong()));
    }
    if (h.has("count_float")) {
      parts.add(real(2, h.get("count_float").asDouble()));
    }
    parts.add(real(3, h.path("sum").asDouble()));
    parts.add(number(4, zigzag(h.get("schema").asInt())));
    parts.add(real(5, h.path("zero_threshold").asDouble()));
    if (h.has("zero_count_int")) {
      parts.add(number(6, h.get("zero_count_int").asLong()));
    }
    if (h.has("zero_count_float")) {
      parts.add(real(7, h.get("zero_count_float").asDouble()));
    }
    side(parts, h, "negative", 8);
    side(parts, h, "positive", 11);
    parts.add(number(15, time(h.path("t_offset"))));
    h.path("custom_values").forEach(bound -> parts.add(real(16, bound.asDouble())));
    return joined(parts);
  }

  private static void side(List<byte[]> parts, JsonNode h, String sign, int field) {
    for (JsonNode span : h.path(sign + "_spans")) {
      parts.add(
          field(field, number(1, zigzag(span.get(0).asInt())), number(2, span.get(1).asInt())));
    }
    List<byte[]> deltas = new ArrayList<>();
    h.path(sign + "_deltas").forEach(delta -> deltas.add(varint(zigzag(delta.asLong()))));
    if (!deltas.isEmpty()) {
      parts.add(field(field + 1, joined(deltas)));
    }
    h.path(sign + "_counts").forEach(count -> parts.add(real(field + 2, count.asDouble())));
  }
}
