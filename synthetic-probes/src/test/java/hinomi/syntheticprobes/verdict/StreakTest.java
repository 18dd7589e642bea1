package hinomi.syntheticprobes.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.model.Condition;
import org.junit.jupiter.api.Test;

final class StreakTest {
  private Streak streak = Streak.NONE;

  private Condition run(boolean success) {
    streak = streak.next(success, 3);
    return streak.verdict();
  }

  @Test
  void onlySoManyFailuresInARowAreDownAndOneSuccessIsUp() {
    assertThat(run(true)).isEqualTo(Condition.UP);
    assertThat(run(false)).isEqualTo(Condition.UP);
    assertThat(run(false)).isEqualTo(Condition.UP);
    assertThat(run(true)).isEqualTo(Condition.UP);
    assertThat(run(false)).isEqualTo(Condition.UP);
    assertThat(run(false)).isEqualTo(Condition.UP);
    assertThat(run(false)).isEqualTo(Condition.DOWN);
    assertThat(run(false)).isEqualTo(Condition.DOWN);
    assertThat(run(true)).isEqualTo(Condition.UP);
  }

  @Test
  void firstFailuresAreUnknownUntilTheyAreEnough() {
    assertThat(run(false)).isEqualTo(Condition.UNKNOWN);
    assertThat(run(false)).isEqualTo(Condition.UNKNOWN);
    assertThat(run(false)).isEqualTo(Condition.DOWN);
  }
}
