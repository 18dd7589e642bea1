package hinomi.statuspage.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.model.ComponentStatus;
import hinomi.model.ComponentStatus.Tally;
import hinomi.model.Condition;
import hinomi.model.Incident;
import hinomi.model.Incident.Impact;
import hinomi.model.Incident.Stage;
import hinomi.model.Text;
import hinomi.testkit.Specs;
import hinomi.testkit.Specs.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

final class OverallTest {
  private static final Instant NOW = Instant.parse("2026-11-21T08:30:00Z");

  @TestFactory
  Stream<DynamicTest> overall() {
    return Specs.of("overall", Meaning::new);
  }

  private static final class Meaning implements Specs.Meaning {
    private final List<ComponentStatus> components = new ArrayList<>();
    private final List<Incident> incidents = new ArrayList<>();
    private boolean expired;

    @Override
    public void run(Step step) {
      switch (step.verb()) {
        case "components" -> {
          components.clear();
          incidents.clear();
          expired = false;
          step.block().forEach(this::component);
        }
        case "incident" ->
            incidents.add(
                new Incident(
                    "1",
                    Text.same("x"),
                    Impact.MINOR,
                    Stage.MONITORING,
                    List.of(),
                    NOW,
                    Optional.empty(),
                    List.of(),
                    Optional.empty()));
        case "expired" -> expired = true;
        case "says" -> {
          Snapshot snapshot = Snapshot.of(NOW, 1, components, incidents);
          Overall overall = (expired ? snapshot.whenExpired() : snapshot).overall();
          assertThat(overall.name().toLowerCase(Locale.ROOT).replace('_', '-'))
              .isEqualTo(step.rest());
        }
        default -> throw new AssertionError("no such command: " + step.verb());
      }
    }

    private void component(String line) {
      String[] words = line.split("\\s+");
      int slash = words[0].lastIndexOf('/');
      components.add(
          new ComponentStatus(
              words[0],
              slash < 0 ? "" : words[0].substring(0, slash),
              Text.same(words[0]),
              Text.same(""),
              Condition.valueOf(words[1].toUpperCase(Locale.ROOT)),
              NOW,
              List.of(),
              Tally.NONE,
              List.of()));
    }
  }
}
