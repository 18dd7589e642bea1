package hinomi.promql.http;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.testkit.Seeds;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Numbers as Go prints them, checked against a slow writing of the same definition.
final class FloatTextTest {
  private final FloatText floats = new FloatText();

  private String text(double value) {
    byte[] bytes = new byte[FloatText.LONGEST + 3];
    int end = floats.write(value, bytes, 3);
    assertThat(end).isLessThanOrEqualTo(bytes.length);
    return new String(bytes, 3, end - 3, StandardCharsets.US_ASCII);
  }

  @Test
  void known_texts() {
    assertThat(
            Stream.of(
                    0.0,
                    -0.0,
                    1.0,
                    -1.5,
                    0.1,
                    100.0,
                    1e-6,
                    1e-7,
                    9.99e-7,
                    1e20,
                    1e21,
                    1.5e300,
                    Double.MIN_VALUE,
                    Double.MIN_VALUE * 4,
                    Double.MAX_VALUE,
                    0.03333333333333333,
                    16777216.0,
                    1e15,
                    1e15 + 0.5,
                    123456.789,
                    0.001,
                    0.0005,
                    Double.MIN_VALUE,
                    9007199254740992.0,
                    Math.scalb(1.0, -44),
                    2e23,
                    1.2345e25,
                    1e22,
                    Double.NaN,
                    Double.POSITIVE_INFINITY,
                    Double.NEGATIVE_INFINITY)
                .map(this::text))
        .containsExactly(
            "0",
            "-0",
            "1",
            "-1.5",
            "0.1",
            "100",
            "0.000001",
            "1e-07",
            "9.99e-07",
            "100000000000000000000",
            "1e+21",
            "1.5e+300",
            "5e-324",
            "2e-323",
            "1.7976931348623157e+308",
            "0.03333333333333333",
            "16777216",
            "1000000000000000",
            "1000000000000000.5",
            "123456.789",
            "0.001",
            "0.0005",
            "5e-324",
            "9007199254740992",
            "5.684341886080802e-14",
            "2e+23",
            "1.2345e+25",
            "1e+22",
            "NaN",
            "+Inf",
            "-Inf");
  }

  @Test
  void alerts_tell_values_with_an_exponent() {
    assertThat(
            Stream.of(1.0, 0.0, -0.0, 16.263000011444092, -1e-9, 1e100, Double.NaN)
                .map(FloatText::exponential))
        .containsExactly(
            "1e+00", "0e+00", "-0e+00", "1.6263000011444092e+01", "-1e-09", "1e+100", "NaN");
  }

  @Test
  void what_is_printed_reads_back_to_the_last_bit_and_is_the_shortest_and_closest() {
    Seeds.forAll(
        50,
        random -> {
          for (int i = 0; i < 400; i++) {
            double value = some(random);
            String text = text(value);
            assertThat(Double.doubleToLongBits(Double.parseDouble(text)))
                .as(text)
                .isEqualTo(Double.doubleToLongBits(value));
            assertThat(text).isEqualTo(slow(value));
          }
        });
  }

  @Test
  void all_powers_of_two_and_of_ten_are_right() {
    for (int exponent = -1074; exponent <= 1023; exponent++) {
      double value = Math.scalb(1.0, exponent);
      assertThat(text(value)).isEqualTo(slow(value));
    }
    for (int exponent = -323; exponent <= 308; exponent++) {
      double value = Double.parseDouble("1e" + exponent);
      assertThat(text(value)).isEqualTo(slow(value));
      assertThat(text(Math.nextUp(value))).isEqualTo(slow(Math.nextUp(value)));
      assertThat(text(Math.nextDown(value))).isEqualTo(slow(Math.nextDown(value)));
    }
  }

  private static double some(Random random) {
    double sign = random.nextBoolean() ? 1 : -1;
    return switch (random.nextInt(6)) {
      case 0 -> sign * random.nextInt(1_000_000) / 1000.0;
      case 1 -> sign * random.nextLong(1L << 54);
      case 2 -> random.nextDouble();
      case 3 -> sign * random.nextLong(2_000_000_000_000_000_000L) / 1000.0;
      case 4 -> random.nextInt(1000) / 60.0;
      default -> finite(random);
    };
  }

  private static double finite(Random random) {
    double value = Double.longBitsToDouble(random.nextLong());
    return Double.isFinite(value) ? value : random.nextGaussian();
  }

  /// Straight from the definition: rounds the exact value to ever more digits until one reads back.
  private static String slow(double value) {
    double size = Math.abs(value);
    String sign = Double.doubleToRawLongBits(value) < 0 ? "-" : "";
    if (size == 0) {
      return sign + "0";
    }
    BigDecimal shortest = shortest(size);
    if (size >= 1e-6 && size < 1e21) {
      return sign + shortest.toPlainString();
    }
    String digits = shortest.unscaledValue().toString();
    int exponent = digits.length() - 1 - shortest.scale();
    return sign
        + digits.charAt(0)
        + (digits.length() > 1 ? "." + digits.substring(1) : "")
        + (exponent < 0 ? "e-" : "e+")
        + (Math.abs(exponent) < 10 ? "0" : "")
        + Math.abs(exponent);
  }

  private static BigDecimal shortest(double size) {
    BigDecimal exact = new BigDecimal(size);
    for (int digits = 1; ; digits++) {
      for (RoundingMode mode :
          List.of(RoundingMode.HALF_EVEN, RoundingMode.UP, RoundingMode.DOWN)) {
        BigDecimal rounded = exact.round(new MathContext(digits, mode));
        if (rounded.doubleValue() == size) {
          return rounded.stripTrailingZeros();
        }
      }
    }
  }
}
