package hinomi.alertengine;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.alertengine.journal.Delivery;
import hinomi.model.AlertEvent;
import hinomi.model.BadInput;
import hinomi.model.Labels;
import hinomi.model.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `trigger: push`, in simulated time.
final class PushTest {
  private final World world = new World();
  private final List<Instant> pushedLooks = new ArrayList<>();
  private final List<Instant> plainLooks = new ArrayList<>();
  private Duration aLookTakes = Duration.ZERO;
  private boolean crossed;

  @BeforeEach
  void setUp() throws Exception {
    world.rules(
        """
        groups:
        - name: g
          interval: 10s
          rules:
          - {alert: Plain, expr: plain > 1}
          - {alert: Pushed, expr: depth > 1, labels: {severity: page}, hinomi: {trigger: push}}
        """);
    world.selectors = expression -> Set.of(expression.substring(0, expression.indexOf(' ')));
    world.answers.put(
        "plain > 1",
        at -> {
          plainLooks.add(at);
          return List.of();
        });
    world.answers.put(
        "depth > 1",
        at -> {
          pushedLooks.add(at);
          if (!aLookTakes.isZero()) {
            world.time.advance(aLookTakes);
          }
          return crossed
              ? List.of(new Sample(Labels.of("book", "jpy"), at.toEpochMilli(), 2))
              : List.of();
        });
    world.start();
    world.goTo(Duration.ofSeconds(70));
    pushedLooks.clear();
    plainLooks.clear();
  }

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void a_pushed_rule_has_told_in_the_millisecond_in_which_the_sample_arrived() {
    world.goTo(Duration.ofMillis(70_337));
    crossed = true;
    arrived("depth");
    world.time.advance(Duration.ZERO);
    assertThat(world.events).singleElement().extracting(AlertEvent::at).isEqualTo(world.time.now());
    assertThat(world.deliveries())
        .hasSize(1)
        .allMatch(delivery -> delivery.state() == Delivery.State.SENT)
        .allMatch(delivery -> world.elapsed(delivery.originAt()).equals(Duration.ofMillis(70_337)));
  }

  @Test
  void it_is_the_rule_that_looks_and_not_its_group() {
    arrived("depth");
    world.time.advance(Duration.ofSeconds(5));
    assertThat(pushedLooks).hasSize(1);
    assertThat(plainLooks).isEmpty();
  }

  @Test
  void samples_of_other_metrics_do_not_concern_it() {
    for (int i = 0; i < 100; i++) {
      arrived("plain");
      arrived("unknown");
      world.time.advance(Duration.ofMillis(10));
    }
    assertThat(pushedLooks).isEmpty();
    assertThat(plainLooks).hasSizeBetween(1, 2);
  }

  @Test
  void a_look_that_takes_long_is_followed_by_a_rest_in_which_samples_gather() {
    aLookTakes = Duration.ofMillis(350);
    arrived("depth");
    world.time.advance(Duration.ZERO);
    Instant ended = world.time.now();
    for (int i = 0; i < 50; i++) {
      arrived("depth");
      world.time.advance(Duration.ofMillis(2));
    }
    assertThat(pushedLooks).hasSize(1);
    world.time.advance(Duration.ofMillis(300));
    assertThat(pushedLooks).hasSize(2);
    assertThat(pushedLooks.getLast()).isEqualTo(ended.plusMillis(400));
  }

  @Test
  void one_look_that_the_machine_held_up_keeps_no_sample_waiting() {
    aLookTakes = Duration.ofMillis(100);
    arrived("depth");
    world.time.advance(Duration.ZERO);
    Instant ended = world.time.now();
    world.time.advance(Duration.ofMillis(1));
    arrived("depth");
    world.time.advance(Duration.ZERO);
    assertThat(pushedLooks).hasSize(2).last().isEqualTo(ended.plusMillis(1));
  }

  @Test
  void while_it_rests_its_slot_is_kept() {
    world.goTo(Duration.ofSeconds(79));
    aLookTakes = Duration.ofMillis(450);
    arrived("depth");
    world.time.advance(Duration.ZERO);
    aLookTakes = Duration.ZERO;
    arrived("depth");
    world.goTo(Duration.ofMillis(80_100));
    assertThat(pushedLooks)
        .extracting(world::elapsed)
        .containsExactly(Duration.ofSeconds(79), Duration.ofSeconds(80));
  }

  @Test
  void a_push_that_fails_leaves_the_rule_with_its_error_and_the_next_one_tells() {
    World.Answer working = world.answers.get("depth > 1");
    world.answers.put(
        "depth > 1",
        _ -> {
          throw new BadInput("too much");
        });
    arrived("depth");
    world.time.advance(Duration.ZERO);
    assertThat(world.engine().rules().getFirst().rules().getLast().error()).isEqualTo("too much");
    world.answers.put("depth > 1", working);
    crossed = true;
    world.time.advance(Duration.ofMillis(1));
    arrived("depth");
    world.time.advance(Duration.ZERO);
    assertThat(world.events).hasSize(1);
  }

  private void arrived(String metric) {
    world.engine().samplesArrived(Map.of(metric, world.time.now().toEpochMilli()));
  }
}
