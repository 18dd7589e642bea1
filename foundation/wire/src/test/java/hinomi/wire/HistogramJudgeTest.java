package hinomi.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hinomi.model.Histogram;
import hinomi.model.Sample;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class HistogramJudgeTest {
  /// Two buckets from index 1 on with 3 and 1 observations, 2 in the zero bucket.
  private static RawHistogram good() {
    RawHistogram raw = new RawHistogram();
    raw.integers = true;
    raw.schema = 3;
    raw.zeroThreshold = 0.001;
    raw.zeroCountInt = 2;
    raw.countInt = 6;
    raw.sum = 9;
    span(raw.positive, 1, 2);
    raw.positive.deltas.add(3);
    raw.positive.deltas.add(-2);
    return raw;
  }

  private static void span(RawHistogram.Side side, long offset, long length) {
    side.spans.add(offset);
    side.spans.add(length);
  }

  private static String judged(Consumer<RawHistogram> change) {
    RawHistogram raw = good();
    change.accept(raw);
    return switch (HistogramJudge.judge(raw)) {
      case HistogramJudge.Verdict.Good _ -> "good";
      case HistogramJudge.Verdict.Bad(String reason, _) -> reason;
    };
  }

  private static void customBounds(RawHistogram raw, double... bounds) {
    raw.schema = Histogram.CUSTOM_BOUNDS;
    raw.zeroThreshold = 0;
    raw.zeroCountInt = 0;
    raw.countInt = 4;
    for (double bound : bounds) {
      raw.bounds.add(bound);
    }
  }

  @Test
  void whatPrometheusTakesIsTakenAndTheRestHasAReason() {
    assertEquals("good", judged(_ -> {}));
    assertEquals("histogram_count", judged(raw -> raw.countInt = 7));
    assertEquals("histogram_count", judged(raw -> raw.countInt = 5));
    assertEquals("histogram_schema", judged(raw -> raw.schema = -5));
    assertEquals("histogram_schema", judged(raw -> raw.schema = 53));
    assertEquals("histogram_schema", judged(raw -> raw.schema = Long.MIN_VALUE));
    assertEquals("histogram_bounds", judged(raw -> raw.bounds.add(1)));
    assertEquals("histogram_spans", judged(raw -> span(raw.positive, 0, 1)));
    assertEquals("histogram_spans", judged(raw -> span(raw.positive, -1, 0)));
    assertEquals("histogram_spans", judged(raw -> span(raw.positive, Integer.MAX_VALUE, 0)));
    assertEquals("histogram_spans", judged(raw -> raw.positive.deltas.add(0)));
    assertEquals("histogram_spans", judged(raw -> span(raw.negative, 0, 0xFFFF_FFFFL)));
    assertEquals("histogram_negative_count", judged(raw -> raw.positive.deltas.values[1] = -4));
    assertEquals(
        "histogram_negative_count", judged(raw -> raw.positive.deltas.values[1] = Long.MAX_VALUE));
    assertEquals("histogram_buckets", judged(raw -> raw.positive.counts.add(1)));
    assertEquals(
        "histogram_buckets",
        judged(raw -> {
          for (int i = 0; i <= RawHistogram.MAX_BUCKETS; i++) {
            raw.positive.deltas.add(0);
          }
        }));
  }

  @Test
  void aSumThatIsNoNumberAllowsMoreThanTheBucketsHold() {
    assertEquals(
        "good",
        judged(raw -> {
          raw.sum = Double.NaN;
          raw.countInt = 9;
        }));
    assertEquals(
        "histogram_count",
        judged(raw -> {
          raw.sum = Double.NaN;
          raw.countInt = 5;
        }));
  }

  @Test
  void customBoundsRiseAndHaveNoZeroBucket() {
    assertEquals("good", judged(raw -> customBounds(raw, 1, 2)));
    assertEquals("histogram_spans", judged(raw -> customBounds(raw, 1)));
    assertEquals("histogram_bounds", judged(raw -> customBounds(raw, 2, 2)));
    assertEquals("histogram_bounds", judged(raw -> customBounds(raw, 1, Double.NaN)));
    assertEquals("histogram_bounds", judged(raw -> customBounds(raw, 1, Double.POSITIVE_INFINITY)));
    assertEquals(
        "histogram_bounds",
        judged(raw -> {
          customBounds(raw, 1, 2);
          raw.zeroThreshold = 1;
        }));
  }

  @Test
  void aFinerResolutionIsLoweredAndAStaleMarkerIsOneWhateverElseItSays() {
    RawHistogram fine = good();
    fine.schema = 9;
    var lowered = ((HistogramJudge.Verdict.Good) HistogramJudge.judge(fine)).histogram();
    assertEquals(8, lowered.schema());
    assertEquals(new Histogram.Buckets(new int[] {1, 1}, new double[] {4}), lowered.positive());
    RawHistogram stale = good();
    stale.sum = Sample.STALE;
    stale.schema = 99;
    assertEquals(new HistogramJudge.Verdict.Good(Histogram.stale()), HistogramJudge.judge(stale));
  }
}
