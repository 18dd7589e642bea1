package hinomi.metricstore.dense;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.metricstore.disk.ByteSink;
import hinomi.model.Points;
import hinomi.testkit.Seeds;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DenseLawTest {
  private final DenseEncoder encoder = new DenseEncoder();
  private final DenseDecoder decoder = new DenseDecoder();

  @Test
  void everySampleComesBackToTheLastBit() {
    Seeds.forAll(
        2000,
        random -> {
          int count = count(random);
          long[] times = Shapes.times(random, count);
          double[] values = Shapes.values(random, count);
          int from = random.nextInt(3) == 0 ? random.nextInt(count) : 0;
          DenseDecoder.Packed packed = pack(times, values, from, count);
          Points points = new Points(0);
          decoder.decode(packed, Long.MIN_VALUE, Long.MAX_VALUE, points);
          assertSame(points, 0, times, values, from, count);
        });
  }

  @Test
  void anyPartOfAChunkIsThatPartOfItsSamples() {
    Seeds.forAll(
        1000,
        random -> {
          int count = count(random);
          long[] times = Shapes.times(random, count);
          double[] values = Shapes.values(random, count);
          DenseDecoder.Packed packed = pack(times, values, 0, count);
          int a = random.nextInt(count);
          int b = random.nextInt(count);
          int begin = Math.min(a, b);
          int end = Math.max(a, b);
          Points points = new Points(0);
          points.add(1, 2);
          decoder.decode(packed, times[begin], times[end], points);
          assertSame(points, 1, times, values, begin, end + 1);
          assertThat(points.timestamp(0)).isEqualTo(1);
          if (times[0] > Long.MIN_VALUE) {
            decoder.decode(packed, Long.MIN_VALUE, times[0] - 1, points);
          }
          if (times[count - 1] < Long.MAX_VALUE) {
            decoder.decode(packed, times[count - 1] + 1, Long.MAX_VALUE, points);
          }
          assertThat(points.size()).isEqualTo(1 + end + 1 - begin);
        });
  }

  @Test
  void damagedBytesGiveAnErrorOrSamplesAndNothingElse() {
    Seeds.forAll(
        4000,
        random -> {
          int count = count(random);
          DenseDecoder.Packed packed =
              pack(Shapes.times(random, count), Shapes.values(random, count), 0, count);
          byte[] bytes = packed.segment().toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
          int length = bytes.length;
          for (int i = 1 + random.nextInt(4); i > 0; i--) {
            bytes[random.nextInt(Math.min(length, random.nextBoolean() ? 24 : length))] =
                (byte) random.nextInt();
          }
          if (random.nextInt(4) == 0) {
            length = random.nextInt(length + 1);
          }
          int claimed = random.nextInt(4) == 0 ? random.nextInt(20_000) - 10 : count;
          Points points = new Points(0);
          try {
            decoder.decode(
                new DenseDecoder.Packed(MemorySegment.ofArray(bytes), 0, length, claimed),
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                points);
            assertThat(points.size()).isLessThanOrEqualTo(claimed);
          } catch (Damaged e) {
            assertThat(points.size()).isZero();
          }
        });
  }

  private static int count(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> 1 + random.nextInt(4);
      case 1 -> 1 + random.nextInt(3000);
      default -> 1 + random.nextInt(300);
    };
  }

  private DenseDecoder.Packed pack(long[] times, double[] values, int from, int to) {
    ByteSink out = new ByteSink(16);
    encoder.encode(times, values, from, to, out);
    return new DenseDecoder.Packed(
        MemorySegment.ofArray(Arrays.copyOf(out.bytes(), out.size())), 0, out.size(), to - from);
  }

  private static void assertSame(
      Points points, int at, long[] times, double[] values, int... range) {
    assertThat(points.size()).isEqualTo(at + range[1] - range[0]);
    for (int i = range[0]; i < range[1]; i++) {
      int place = at + i - range[0];
      if (points.timestamp(place) != times[i]
          || Double.doubleToRawLongBits(points.value(place))
              != Double.doubleToRawLongBits(values[i])) {
        throw new AssertionError(
            "sample %d of %d: %d %s became %d %s"
                .formatted(
                    i,
                    times.length,
                    times[i],
                    values[i],
                    points.timestamp(place),
                    points.value(place)));
      }
    }
  }
}
