package hinomi.promql.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import hinomi.model.Histogram;
import hinomi.model.histogram.Average;
import hinomi.model.histogram.Bounds;
import hinomi.model.histogram.Bucket;
import hinomi.model.histogram.Estimate;
import hinomi.model.histogram.Histograms;
import hinomi.model.histogram.Resets;
import hinomi.model.histogram.Tally;
import hinomi.model.histogram.Total;
import hinomi.model.histogram.Trim;
import hinomi.promql.parse.ShownHistogram;
import hinomi.testkit.Seeds;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class HistogramLawsTest {
  private static final Histogram.Buckets NONE = Histogram.Buckets.NONE;

  @Test
  void what_is_added_and_taken_away_again_leaves_all_counts() {
    Seeds.forAll(
        300,
        random -> {
          Histogram one = random(random);
          Histogram other = like(one, random);
          Tally tally = Tally.of(one);
          assertThat(tally.add(other)).isTrue();
          assertThat(tally.subtract(other)).isTrue();
          Histogram back = tally.histogram();
          assertThat(back.count()).isCloseTo(one.count(), within(1e-6));
          assertThat(inBuckets(back)).isCloseTo(inBuckets(one), within(1e-6));
        });
  }

  @Test
  void no_observation_is_lost_when_layouts_are_reconciled() {
    Seeds.forAll(
        300,
        random -> {
          Histogram one = random(random);
          Histogram other = like(one, random);
          Tally tally = Tally.of(one);
          tally.add(other);
          assertThat(inBuckets(tally.histogram()))
              .isCloseTo(inBuckets(one) + inBuckets(other), within(1e-6));
        });
  }

  @Test
  void a_counter_that_only_grew_was_not_reset_and_one_that_lost_a_bucket_was() {
    Seeds.forAll(
        300,
        random -> {
          Histogram before = random(random);
          Tally grown = Tally.of(before);
          grown.add(like(before, random));
          assertThat(Resets.isBetween(before, grown.histogram())).isFalse();
          Histogram empty = Histograms.nothingLike(before);
          assertThat(Resets.isBetween(before, empty)).isTrue();
        });
  }

  @Test
  void the_two_parts_of_a_cut_histogram_make_up_the_whole() {
    Seeds.forAll(
        300,
        random -> {
          Histogram whole = random(random);
          double cut = random.nextDouble(-20, 20);
          double below = inBuckets(Trim.keepBelow(cut, whole));
          double above = inBuckets(Trim.keepAbove(cut, whole));
          // Half of an endless bucket cannot be told, so that it may be in neither part.
          if (!whole.hasCustomBounds()) {
            assertThat(below + above).isCloseTo(inBuckets(whole), within(1e-6));
          } else {
            assertThat(below + above).isLessThanOrEqualTo(inBuckets(whole) + 1e-6);
          }
        });
  }

  @Test
  void quantiles_rise_and_the_fraction_below_one_is_its_rank() {
    Seeds.forAll(
        300,
        random -> {
          Histogram histogram = random(random);
          double before = Double.NEGATIVE_INFINITY;
          for (double q : new double[] {0.01, 0.2, 0.5, 0.77, 0.99}) {
            double value = Estimate.quantile(q, histogram).value();
            assertThat(value).isGreaterThanOrEqualTo(before - 1e-9);
            before = value;
            if (!histogram.hasCustomBounds()) {
              double share = Estimate.fraction(Double.NEGATIVE_INFINITY, value, histogram).value();
              assertThat(share).isCloseTo(q, within(1e-6));
            }
          }
        });
  }

  @Test
  void the_mean_of_huge_histograms_does_not_overflow() {
    Histogram huge =
        new Histogram(
            Histogram.Reset.UNKNOWN,
            0,
            0,
            0,
            1e308,
            1e308,
            new Histogram.Buckets(new int[] {0, 1}, new double[] {1e308}),
            NONE,
            new double[0]);
    Average average = Average.of(huge);
    for (int i = 0; i < 4; i++) {
      average.add(huge);
    }
    Histogram mean = average.histogram();
    assertThat(mean.count()).isCloseTo(1e308, within(1e295));
    assertThat(mean.positive().counts()[0]).isCloseTo(1e308, within(1e295));
  }

  @Test
  void totals_of_parts_make_up_the_total_of_the_whole() {
    Seeds.forAll(
        200,
        random -> {
          Histogram first = random(random);
          Total sum = Tally.of(first);
          Total average = Average.of(first);
          Total partOfSum = Tally.of(first);
          Total partOfAverage = Average.of(first);
          Histogram more = like(first, random);
          Total otherSum = Tally.of(more);
          Total otherAverage = Average.of(more);
          sum.add(more);
          average.add(more);
          for (int i = random.nextInt(10); i > 0; i--) {
            Histogram each = like(first, random);
            sum.add(each);
            average.add(each);
            (random.nextBoolean() ? partOfSum : otherSum).add(each);
            (random.nextBoolean() ? partOfAverage : otherAverage).add(each);
          }
          partOfSum.merge(otherSum);
          partOfAverage.merge(otherAverage);
          near(partOfSum.histogram(), sum.histogram());
          near(partOfAverage.histogram(), average.histogram());
        });
  }

  private static void near(Histogram one, Histogram other) {
    assertThat(one.schema()).isEqualTo(other.schema());
    assertThat(one.bounds()).isEqualTo(other.bounds());
    assertThat(one.count()).isCloseTo(other.count(), within(1e-9));
    assertThat(one.zeroCount()).isCloseTo(other.zeroCount(), within(1e-9));
    assertThat(one.positive().spans()).isEqualTo(other.positive().spans());
    assertThat(one.positive().counts())
        .usingComparatorWithPrecision(1e-9)
        .isEqualTo(other.positive().counts());
    assertThat(one.negative().counts())
        .usingComparatorWithPrecision(1e-9)
        .isEqualTo(other.negative().counts());
  }

  @Test
  void bounds_are_those_of_prometheus_to_the_last_bit() {
    assertThat(Bounds.exponential(1, 1)).isEqualTo(Math.scalb(0.7071067811865475, 1));
    assertThat(Bounds.exponential(1, 3)).isEqualTo(1.0905077326652577);
    assertThat(Bounds.exponential(0, 5)).isEqualTo(1);
    assertThat(Bounds.exponential(3, 0)).isEqualTo(8);
    assertThat(Bounds.exponential(-1, -2)).isEqualTo(0.0625);
    assertThat(Bounds.exponential(1024, 0)).isEqualTo(Double.MAX_VALUE);
    assertThat(Bounds.exponential(1025, 0)).isInfinite();
  }

  @Test
  void a_histogram_is_written_as_prometheus_writes_it() {
    Histogram histogram =
        new Histogram(
            Histogram.Reset.UNKNOWN,
            0,
            0.001,
            2,
            9,
            3.5,
            new Histogram.Buckets(new int[] {0, 1, 1, 1}, new double[] {3, 1}),
            new Histogram.Buckets(new int[] {1, 1}, new double[] {3}),
            new double[0]);
    assertThat(ShownHistogram.text(histogram))
        .isEqualTo("{count:9, sum:3.5, [-2,-1):3, [-0.001,0.001]:2, (0.5,1]:3, (2,4]:1}");
    assertThat(Bucket.populated(histogram).stream().map(Bucket::boundaries))
        .isEqualTo(List.of(1, 3, 0, 0));
  }

  private static double inBuckets(Histogram histogram) {
    return Bucket.all(histogram).stream().mapToDouble(Bucket::count).sum();
  }

  private static Histogram random(RandomGenerator random) {
    return random.nextInt(3) == 0 ? custom(random) : exponential(random);
  }

  private static Histogram like(Histogram other, RandomGenerator random) {
    return other.hasCustomBounds() ? custom(random) : exponential(random);
  }

  private static Histogram exponential(RandomGenerator random) {
    Histogram.Buckets positive = buckets(random);
    Histogram.Buckets negative = random.nextBoolean() ? buckets(random) : NONE;
    // A threshold that no bucket lies within, as senders have it.
    int schema = random.nextInt(-2, 5);
    double threshold = random.nextBoolean() ? 0 : 1e-30 * random.nextInt(1, 4);
    double zero = threshold == 0 ? 0 : random.nextInt(5);
    double count = zero + sum(positive) + sum(negative);
    return new Histogram(
        Histogram.Reset.UNKNOWN,
        schema,
        threshold,
        zero,
        count,
        random.nextInt(100),
        positive,
        negative,
        new double[0]);
  }

  private static Histogram custom(RandomGenerator random) {
    double[] bounds =
        random.ints(random.nextInt(1, 8), -5, 15).distinct().sorted().mapToDouble(i -> i).toArray();
    double[] counts = random.ints(bounds.length + 1, 1, 9).mapToDouble(i -> i).toArray();
    Histogram.Buckets buckets = new Histogram.Buckets(new int[] {0, counts.length}, counts);
    return new Histogram(
        Histogram.Reset.UNKNOWN,
        Histogram.CUSTOM_BOUNDS,
        0,
        0,
        sum(buckets),
        random.nextInt(100),
        buckets,
        NONE,
        bounds);
  }

  private static Histogram.Buckets buckets(RandomGenerator random) {
    int runs = random.nextInt(1, 4);
    int[] spans = new int[2 * runs];
    int number = 0;
    for (int i = 0; i < runs; i++) {
      spans[2 * i] = i == 0 ? random.nextInt(-6, 6) : random.nextInt(1, 4);
      spans[2 * i + 1] = random.nextInt(1, 5);
      number += spans[2 * i + 1];
    }
    return new Histogram.Buckets(spans, random.ints(number, 1, 10).mapToDouble(i -> i).toArray());
  }

  private static double sum(Histogram.Buckets buckets) {
    double sum = 0;
    for (double count : buckets.counts()) {
      sum += count;
    }
    return sum;
  }
}
