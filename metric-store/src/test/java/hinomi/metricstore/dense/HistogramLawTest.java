package hinomi.metricstore.dense;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.metricstore.disk.ByteSink;
import hinomi.model.Histogram;
import hinomi.model.Histogram.Buckets;
import hinomi.model.Points;
import hinomi.testkit.Seeds;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HistogramLawTest {
  private final HistogramEncoder encoder = new HistogramEncoder();
  private final HistogramDecoder decoder = new HistogramDecoder();

  @Test
  void everyHistogramComesBackToTheLastBit() {
    Seeds.forAll(
        300,
        random -> {
          Points points = histograms(random);
          int count = points.histogramCount();
          int from = random.nextInt(3) == 0 ? random.nextInt(count) : 0;
          DenseDecoder.Packed packed = pack(points, from, count);
          int begin = from + random.nextInt(count - from);
          int end = begin + random.nextInt(count - begin);
          Points read = new Points(0);
          decoder.decode(
              packed, points.histogramTimestamp(begin), points.histogramTimestamp(end), read);
          assertThat(read.histogramCount()).isEqualTo(end + 1 - begin);
          for (int i = begin; i <= end; i++) {
            assertThat(read.histogramTimestamp(i - begin)).isEqualTo(points.histogramTimestamp(i));
            assertThat(read.histogram(i - begin)).isEqualTo(points.histogram(i));
          }
        });
  }

  @Test
  void damagedBytesGiveAnErrorOrHistogramsAndNothingElse() {
    Seeds.forAll(
        1000,
        random -> {
          Points points = histograms(random);
          byte[] bytes = bytes(points, 0, points.histogramCount());
          int length = random.nextInt(4) == 0 ? random.nextInt(bytes.length + 1) : bytes.length;
          for (int i = random.nextInt(5); i > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
          }
          Points read = new Points(0);
          try {
            decoder.decode(
                new DenseDecoder.Packed(
                    MemorySegment.ofArray(bytes), 0, length, points.histogramCount()),
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                read);
          } catch (Damaged e) {
            assertThat(e).hasMessageMatching(".+");
          }
          assertThat(read.histogramCount()).isLessThanOrEqualTo(points.histogramCount());
        });
  }

  @Test
  void aCountThatRisesEvenlyCostsAFewBits() {
    Points points = new Points(0);
    Random random = new Random(5);
    double[] counts = new double[40];
    double total = 0;
    for (int i = 0; i < 240; i++) {
      for (int b = 0; b < counts.length; b++) {
        int more = random.nextInt(16);
        counts[b] += more;
        total += more;
      }
      points.add(
          1_770_000_000_000L + 15_000L * i,
          new Histogram(
              Histogram.Reset.UNKNOWN,
              3,
              1e-128,
              0,
              total,
              total / 8,
              new Buckets(new int[] {-7, 40}, counts.clone()),
              Buckets.NONE,
              new double[0]));
    }
    assertThat(bytes(points, 0, 240).length).isLessThan(240 * 40 * 5 / 8);
  }

  @Test
  void aChunkEndsWhereItWouldHoldTooManyCounts() {
    Points points = new Points(0);
    Buckets many = new Buckets(new int[] {0, 100_000}, new double[100_000]);
    for (int i = 0; i < 5; i++) {
      points.add(
          i,
          new Histogram(Histogram.Reset.GAUGE, 0, 0, 0, 0, 0, many, Buckets.NONE, new double[0]));
    }
    assertThat(HistogramEncoder.end(points, 0)).isEqualTo(2);
    assertThat(HistogramEncoder.end(points, 4)).isEqualTo(5);
  }

  private DenseDecoder.Packed pack(Points points, int from, int to) {
    byte[] bytes = bytes(points, from, to);
    return new DenseDecoder.Packed(MemorySegment.ofArray(bytes), 0, bytes.length, to - from);
  }

  private byte[] bytes(Points points, int from, int to) {
    ByteSink out = new ByteSink(16);
    encoder.encode(points, from, to, out);
    return Arrays.copyOf(out.bytes(), out.size());
  }

  private static Points histograms(Random random) {
    int count = 1 + random.nextInt(random.nextBoolean() ? 5 : 120);
    long[] times = Shapes.times(random, count);
    Points points = new Points(0);
    Histogram last = fresh(random);
    for (int i = 0; i < count; i++) {
      last =
          switch (random.nextInt(40)) {
            case 0 -> fresh(random);
            case 1 -> Histogram.stale();
            case 2 ->
                last.with(random.nextBoolean() ? Histogram.Reset.GAUGE : Histogram.Reset.NOT_RESET);
            default -> next(random, last);
          };
      points.add(times[i], last);
    }
    return points;
  }

  private static Histogram fresh(Random random) {
    boolean custom = random.nextInt(4) == 0;
    Buckets positive = buckets(random);
    double[] bounds = custom ? Shapes.values(random, 1 + random.nextInt(9)) : new double[0];
    return new Histogram(
        Histogram.Reset.UNKNOWN,
        custom ? Histogram.CUSTOM_BOUNDS : random.nextInt(-4, 9),
        random.nextBoolean() ? 1e-128 : 0,
        random.nextInt(9),
        random.nextInt(1000),
        random.nextGaussian(),
        positive,
        random.nextBoolean() ? Buckets.NONE : buckets(random),
        bounds);
  }

  private static Buckets buckets(Random random) {
    int[] spans = new int[2 * random.nextInt(3)];
    int count = 0;
    for (int i = 0; i < spans.length; i += 2) {
      spans[i] = random.nextInt(-20, 20);
      spans[i + 1] = random.nextInt(1, 8);
      count += spans[i + 1];
    }
    return new Buckets(spans, Shapes.values(random, count));
  }

  private static Histogram next(Random random, Histogram last) {
    return new Histogram(
        last.reset(),
        last.schema(),
        last.zeroThreshold(),
        last.zeroCount() + random.nextInt(2),
        last.count() + random.nextInt(50),
        last.sum() + random.nextDouble(),
        grown(random, last.positive()),
        grown(random, last.negative()),
        last.bounds());
  }

  private static Buckets grown(Random random, Buckets last) {
    double[] counts = last.counts().clone();
    for (int i = 0; i < counts.length; i++) {
      counts[i] += random.nextInt(5);
    }
    return new Buckets(last.spans(), counts);
  }
}
