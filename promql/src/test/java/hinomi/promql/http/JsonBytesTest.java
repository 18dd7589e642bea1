package hinomi.promql.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import hinomi.model.Labels;
import hinomi.testkit.Seeds;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class JsonBytesTest {
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private static String written(JsonBytes json) {
    return new String(json.toBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void times_have_three_decimals_or_none() {
    assertThat(
            Stream.of(0L, 1000L, 1500L, 1L, 12L, -1L, -12_345L, 1_435_781_430_781L)
                .map(millis -> written(new JsonBytes(0, Integer.MAX_VALUE).seconds(millis))))
        .containsExactly(
            "0", "1", "1.500", "0.001", "0.012", "-0.001", "-12.345", "1435781430.781");
  }

  @Test
  void a_point_is_a_time_and_a_value_in_quotes() {
    assertThat(written(new JsonBytes(0, Integer.MAX_VALUE).point(1_234, Double.NaN)))
        .isEqualTo("[1.234,\"NaN\"]");
  }

  @Test
  void labels_are_an_object_and_texts_are_escaped() {
    Labels labels = Labels.of("a", "q\"b\\n\n\t\r\u0001", "é", "日本 🔔 \ud800.");
    assertThat(written(new JsonBytes(0, Integer.MAX_VALUE).labels(labels)))
        .isEqualTo("{\"a\":\"q\\\"b\\\\n\\n\\t\\r\\u0001\",\"é\":\"日本 🔔 \uFFFD.\"}");
    assertThat(written(new JsonBytes(0, Integer.MAX_VALUE).labels(Labels.EMPTY))).isEqualTo("{}");
  }

  @Test
  void any_text_reads_back() {
    Seeds.forAll(
        200,
        random -> {
          StringBuilder text = new StringBuilder();
          for (int i = random.nextInt(300); i > 0; i--) {
            int c = random.nextInt(random.nextBoolean() ? 0x100 : 0x110000);
            text.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? 0x20 : c);
          }
          String json = written(new JsonBytes(0, Integer.MAX_VALUE).text(text.toString()));
          assertThat(JSON.readTree(json).asText()).isEqualTo(text.toString());
        });
  }

  @Test
  void times_in_a_row_do_not_mix() {
    Seeds.forAll(
        50,
        random -> {
          long millis = random.nextLong(20_000_000_000_000L) - 1_000_000_000_000L;
          long[] times = new long[300];
          for (int i = 0; i < times.length; i++) {
            millis += random.nextInt(10) == 0 ? random.nextLong(100_000_000) : 15_000;
            times[i] = millis;
          }
          JsonNode points =
              JSON.readTree(
                  written(
                      new JsonBytes(0, Integer.MAX_VALUE).points(times, new double[times.length])));
          for (int i = 0; i < times.length; i++) {
            assertThat(new BigDecimal(points.get(i).get(0).asText()))
                .isEqualByComparingTo(BigDecimal.valueOf(times[i], 3));
          }
        });
  }

  @Test
  void any_time_reads_back() {
    Seeds.forAll(
        200,
        random -> {
          long millis = random.nextLong(8_640_000_000_000_000L) * (random.nextBoolean() ? 1 : -1);
          assertThat(new BigDecimal(written(new JsonBytes(0, Integer.MAX_VALUE).seconds(millis))))
              .isEqualByComparingTo(BigDecimal.valueOf(millis, 3));
        });
  }
}
