package hinomi.statuspage;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.model.Condition;
import hinomi.statuspage.render.Edition;
import hinomi.statuspage.render.Press;
import hinomi.statuspage.snapshot.Snapshot;
import org.junit.jupiter.api.Test;

final class PressTest {
  @Test
  void prints() {
    Edition edition =
        new Press(Samples.identity())
            .print(
                Snapshot.of(
                    Samples.NOW,
                    1,
                    Samples.components(Samples.NOW, Condition.DOWN),
                    Samples.incidents(Samples.NOW, true)));
    assertThat(edition.fresh()).containsKey("ja");
  }
}
