package hinomi.alertengine;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.alertengine.group.Member;
import hinomi.alertengine.group.PageGroup;
import hinomi.alertengine.group.Reason;
import hinomi.alertengine.journal.Delivery;
import hinomi.model.Labels;
import hinomi.model.Sample;
import hinomi.testkit.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// However alerts come and go, whatever depends on what and however often the engine restarts: what
/// goes on firing is told within the longest time that anything holds it back, and whoever was told
/// hears of the end.
final class NoiseLawTest {
  private static final List<String> COMPONENTS = List.of("db", "app", "gateway", "");
  private static final Duration LONGEST = Duration.ofMinutes(6);
  private static final Duration BUSY = Duration.ofMinutes(20);

  @Test
  void no_page_is_held_back_for_longer_than_its_bound() {
    Seeds.forAll(
        10,
        random -> {
          try (World world = new World()) {
            play(world, random);
          }
        });
  }

  private static void play(World world, Random random) throws Exception {
    world.alerting =
        """
        interval: 10s
        flapping: {changes: 3, within: 5m, calm: 3m}
        topology-max-hold: 5m
        """;
    world.topology.put("gateway", List.of("app"));
    world.topology.put("app", List.of("db"));
    world.rules(
        """
        groups:
        - name: g
          rules:
          - {alert: Down, expr: up == 0, labels: {severity: page}}
        """);
    world.onCall(
        """
        people: [{id: a, mail: a@x.example}]
        ladders: [{id: default, steps: [{notify: [{person: a}], wait: 1h}]}]
        """);
    boolean[] down = new boolean[COMPONENTS.size()];
    world.answers.put(
        "up == 0",
        at -> {
          List<Sample> samples = new ArrayList<>();
          for (int i = 0; i < down.length; i++) {
            if (down[i]) {
              Labels labels = Labels.of("component", COMPONENTS.get(i), "i", "h" + i);
              samples.add(new Sample(labels, at.toEpochMilli(), 0));
            }
          }
          return samples;
        });
    world.start();
    for (int step = 1; step <= BUSY.toSeconds() / 10; step++) {
      int i = random.nextInt(down.length);
      down[i] = random.nextInt(4) == 0 ? !down[i] : down[i];
      if (random.nextInt(30) == 0) {
        world.stop();
        world.start();
      }
      world.goTo(Duration.ofSeconds(10L * step));
    }
    Arrays.fill(down, true);
    world.goTo(BUSY.plus(LONGEST));
    assertThat(world.openGroups().stream().flatMap(group -> group.members().values().stream()))
        .hasSize(down.length)
        .allMatch(Member::isFiring)
        .noneMatch(member -> member.told() == Member.Told.NOTHING);
    Arrays.fill(down, false);
    world.goTo(BUSY.plus(LONGEST.multipliedBy(2)));
    assertThat(world.openGroups()).isEmpty();
    everybodyHearsOfTheEnd(world);
  }

  private static void everybodyHearsOfTheEnd(World world) {
    world.deliveries().stream()
        .collect(Collectors.groupingBy(Delivery::groupId))
        .forEach((group, told) ->
            assertThat(told.stream().max(Comparator.comparing(Delivery::createdAt)).orElseThrow())
                .as(() -> world.journal().group(group).map(PageGroup::toString).orElse(""))
                .matches(last -> last.notification().reason() == Reason.RESOLVED));
  }
}
