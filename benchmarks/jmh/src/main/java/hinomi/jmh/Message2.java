package hinomi.jmh;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes an `io.prometheus.write.v2.Request` of one sample a series (prometheus.io, "Remote write
/// 2.0 specification"): symbols first, then series that refer to them.
final class Message2 {
  private final Map<String, Integer> symbols = new LinkedHashMap<>(Map.of("", 0));
  private final ByteArrayOutputStream series = new ByteArrayOutputStream();

  /// @param pairs name, value, name, value…
  void add(List<String> pairs, long time, double value) {
    ByteArrayOutputStream references = new ByteArrayOutputStream();
    for (String text : pairs) {
      varint(symbols.computeIfAbsent(text, _ -> symbols.size()), references);
    }
    ByteArrayOutputStream sample = new ByteArrayOutputStream();
    sample.write(1 << 3 | 1);
    long bits = Double.doubleToRawLongBits(value);
    for (int shift = 0; shift < 64; shift += 8) {
      sample.write((int) (bits >>> shift));
    }
    sample.write(2 << 3);
    varint(time, sample);
    ByteArrayOutputStream one = new ByteArrayOutputStream();
    field(1, references.toByteArray(), one);
    field(2, sample.toByteArray(), one);
    field(5, one.toByteArray(), series);
  }

  byte[] bytes() {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (String symbol : symbols.keySet()) {
      field(4, symbol.getBytes(StandardCharsets.UTF_8), whole);
    }
    whole.writeBytes(series.toByteArray());
    return whole.toByteArray();
  }

  private static void field(int number, byte[] content, ByteArrayOutputStream out) {
    out.write(number << 3 | 2);
    varint(content.length, out);
    out.writeBytes(content);
  }

  private static void varint(long value, ByteArrayOutputStream out) {
    long left = value;
    while ((left & ~0x7FL) != 0) {
      out.write((int) (left & 0x7F | 0x80));
      left >>>= 7;
    }
    out.write((int) left);
  }
}
