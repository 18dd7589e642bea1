package hinomi.alertengine;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.alertengine.group.Member;
import hinomi.alertengine.group.Reason;
import hinomi.alertengine.journal.Delivery;
import hinomi.model.AlertEvent;
import hinomi.model.Labels;
import hinomi.model.Sample;
import hinomi.testkit.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever alerts come and go, whoever acknowledges and however often the engine restarts: every
/// alert that fires is told to somebody within seconds, and whoever was told hears of the end.
final class PagingLawTest {
  private static final Duration PROMISE = Duration.ofSeconds(5);

  @Test
  void no_firing_page_stays_untold() {
    Seeds.forAll(
        12,
        random -> {
          try (World world = new World()) {
            play(world, random);
            check(world);
          }
        });
  }

  private static void play(World world, Random random) throws Exception {
    world.alerting = "interval: 1s\nflapping: {changes: 0}\nstorm: {pages: 0}";
    world.rules(
        """
        groups:
        - name: g
          rules:
          - {alert: Down, expr: up == 0, labels: {severity: page}}
        """);
    world.onCall(
        """
        people: [{id: a, mail: a@x.example}, {id: b, mail: b@x.example}]
        ladders:
          - {id: default, repeat: 1, steps: [{notify: [{person: a}], wait: 20s}, {notify: [{person: b}], wait: 20s}]}
        """);
    boolean[] down = new boolean[4];
    world.answers.put(
        "up == 0",
        at -> {
          List<Sample> samples = new ArrayList<>();
          for (int i = 0; i < down.length; i++) {
            if (down[i]) {
              samples.add(new Sample(Labels.of("i", "h" + i), at.toEpochMilli(), 0));
            }
          }
          return samples;
        });
    world.start();
    for (int second = 1; second <= 120; second++) {
      int i = random.nextInt(down.length);
      down[i] = random.nextInt(8) == 0 ? !down[i] : down[i];
      if (random.nextInt(20) == 0) {
        world.stop();
        world.start();
      }
      if (random.nextInt(15) == 0 && !world.openGroups().isEmpty()) {
        world.engine().acknowledge(world.openGroups().getFirst().id(), "a", "");
      }
      world.goTo(Duration.ofSeconds(second));
    }
    java.util.Arrays.fill(down, false);
    world.goTo(Duration.ofMinutes(10));
  }

  private static void check(World world) {
    List<Delivery> deliveries = world.deliveries();
    for (AlertEvent event : world.events) {
      if (event.state() == AlertEvent.State.FIRING) {
        // Told within the promise, unless it was over before; a restart tells the event again.
        assertThat(deliveries)
            .as("alert %s firing at %s", event.labels(), world.elapsed(event.at()))
            .anyMatch(d -> tells(d, event) || overInTime(world, event));
      }
    }
    for (Delivery delivery : deliveries) {
      assertThat(deliveries)
          .as("%s was told by %s", delivery.target(), delivery)
          .anyMatch(d ->
              d.target().equals(delivery.target())
                  && d.groupId().equals(delivery.groupId())
                  && d.notification().reason() == Reason.RESOLVED);
    }
    assertThat(world.openGroups()).isEmpty();
    assertThat(deliveries).noneMatch(d -> d.state() == Delivery.State.FAILED);
  }

  private static boolean tells(Delivery delivery, AlertEvent event) {
    return delivery.notification().group().members().values().stream()
            .filter(Member::isFiring)
            .anyMatch(member -> member.fingerprint().equals(event.fingerprint()))
        && !delivery.createdAt().isAfter(event.at().plus(PROMISE));
  }

  private static boolean overInTime(World world, AlertEvent event) {
    return world.events.stream()
        .anyMatch(other ->
            other.state() == AlertEvent.State.RESOLVED
                && other.fingerprint().equals(event.fingerprint())
                && !other.at().isBefore(event.at())
                && !other.at().isAfter(event.at().plus(PROMISE)));
  }
}
