package hinomi.collector.accumulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import hinomi.model.Labels;
import hinomi.testkit.Seeds;
import hinomi.testkit.SimTime;
import hinomi.wire.OtlpDeltas.Answer;
import hinomi.wire.OtlpTotal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class DeltaSumsTest {
  private static final Labels A = Labels.of("__name__", "a");
  private final SimTime time = new SimTime();
  private final DeltaSums sums = new DeltaSums(3, time);

  private double add(long start, long end, double delta) {
    return switch (sums.add(A, start, end, new OtlpTotal.Sum(delta))) {
      case Answer.Counted(OtlpTotal.Sum(double total), _) -> total;
      case Answer.Counted _ -> throw new AssertionError("another kind");
      case Answer.Refused _ -> -1;
    };
  }

  @Test
  void pointsInARowAddUpAndARepeatedOneCountsOnce() {
    assertEquals(5, add(0, 10, 5));
    assertEquals(8, add(10, 20, 3));
    assertEquals(8, add(10, 20, 3));
    assertEquals(9, add(20, 30, 1));
  }

  @Test
  void aGapOrARestartBeginsAnew() {
    assertEquals(5, add(1, 10, 5));
    assertEquals(3, add(15, 20, 3));
    assertEquals(7, add(20, 30, 4));
  }

  @Test
  void whatOverlapsIsRefusedAndChangesNothing() {
    assertEquals(5, add(1, 10, 5));
    assertEquals(-1, add(5, 20, 3));
    assertEquals(-1, add(1, 9, 3));
    assertEquals(6, add(10, 20, 1));
  }

  @Test
  void oneThatDoesNotTellItsStartContinues() {
    assertEquals(5, add(0, 10, 5));
    assertEquals(7, add(0, 20, 2));
  }

  @Test
  void aFullTableRefusesNewSeriesUntilOthersAreIdle() {
    for (int i = 0; i < 3; i++) {
      sums.add(Labels.of("__name__", "m" + i), 0, 10, new OtlpTotal.Sum(1));
    }
    assertEquals(-1, add(0, 10, 1));
    assertEquals(3, sums.size());
    time.advance(Duration.ofMinutes(50));
    sums.add(Labels.of("__name__", "m1"), 10, 20, new OtlpTotal.Sum(1));
    time.advance(Duration.ofMinutes(15));
    assertEquals(1, add(0, 10, 1));
    assertEquals(2, sums.size());
  }

  @Test
  void histogramsAddUpBucketByBucketUntilTheirBoundsChange() {
    double[] bounds = {1, 2};
    OtlpTotal first = new OtlpTotal.Explicit(bounds, new double[] {1, 2, 3}, 6, 9);
    OtlpTotal other = new OtlpTotal.Explicit(new double[] {1}, new double[] {1, 1}, 2, 3);
    sums.add(A, 0, 10, first);
    var both = assertInstanceOf(Answer.Counted.class, sums.add(A, 10, 20, first));
    var total = assertInstanceOf(OtlpTotal.Explicit.class, both.total());
    assertEquals("12.0 18.0 6.0", total.count() + " " + total.sum() + " " + total.counts()[2]);
    var changed = assertInstanceOf(Answer.Counted.class, sums.add(A, 20, 30, other));
    assertEquals(other, changed.total());
  }

  @Test
  void aTotalCountsSinceItsFirstPointBeganUntilItBeginsAnew() {
    assertEquals(5, since(5, 10));
    assertEquals(5, since(10, 20));
    assertEquals(5, since(10, 20)); // sent again
    assertEquals(5, since(0, 30)); // goes on, whenever it began
    assertEquals(40, since(40, 50)); // after a gap
    assertEquals(40, since(50, 60));
  }

  private long since(long start, long end) {
    var answer = sums.add(A, start, end, new OtlpTotal.Sum(1));
    return assertInstanceOf(Answer.Counted.class, answer).since();
  }

  @Test
  void theTotalIsTheSumWhateverWasRepeated() {
    Seeds.forAll(
        200,
        random -> {
          DeltaSums own = new DeltaSums(10, time);
          double expected = 0;
          long at = 1;
          for (int i = random.nextInt(50); i >= 0; i--) {
            double delta = random.nextInt(100);
            long end = at + 1 + random.nextInt(100);
            expected += delta;
            for (int times = 1 + random.nextInt(2); times > 0; times--) {
              var answer =
                  assertInstanceOf(
                      Answer.Counted.class, own.add(A, at, end, new OtlpTotal.Sum(delta)));
              assertEquals(new OtlpTotal.Sum(expected), answer.total());
            }
            at = end;
          }
        });
  }
}
