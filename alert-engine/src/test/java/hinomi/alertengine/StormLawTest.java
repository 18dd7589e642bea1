package hinomi.alertengine;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.alertengine.group.Reason;
import hinomi.alertengine.journal.Decision;
import hinomi.alertengine.journal.Delivery;
import hinomi.model.AlertEvent;
import hinomi.model.Labels;
import hinomi.model.Sample;
import hinomi.testkit.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Whatever fires, whoever acknowledges and however often the engine restarts: nobody gets more
/// messages than the cap, and whatever fired was told, by itself or in a summary.
final class StormLawTest {
  private static final int RULES = 5;
  private static final int COMPONENTS = 6;
  private static final int PAGES = 3;
  private static final int CAUSES = 2;
  private static final Duration WITHIN = Duration.ofMinutes(1);
  private static final Duration BUSY = Duration.ofMinutes(8);
  private static final Duration LATEST = Duration.ofSeconds(65); // the summary, and group-interval
  private static final Duration STEP = Duration.ofSeconds(10);

  @Test
  void nobody_gets_too_much_and_nothing_is_lost() {
    Seeds.forAll(
        8,
        random -> {
          try (World world = new World()) {
            play(world, random);
            nobodyGetsTooMuch(world);
            whatFiredWasTold(world);
            everyStormEnds(world);
          }
        });
  }

  private static void play(World world, Random random) throws Exception {
    world.alerting =
        """
        interval: 10s
        flapping: {changes: 0}
        storm: {pages: %d, causes: %d, within: 1m, summary: 1m}
        """
            .formatted(PAGES, CAUSES);
    StringBuilder rules = new StringBuilder("groups:\n- name: g\n  rules:\n");
    boolean[] down = new boolean[RULES * COMPONENTS];
    for (int rule = 0; rule < RULES; rule++) {
      int own = rule;
      String ladder = rule % 2 == 0 ? "default" : "other";
      rules.append(
          "  - {alert: Rule%d, expr: up%d == 0, labels: {severity: page, ladder: %s}}\n"
              .formatted(rule, rule, ladder));
      world.answers.put("up" + rule + " == 0", at -> samples(down, own, at));
    }
    world.rules(rules.toString());
    world.onCall(
        """
        people: [{id: a, mail: a@x.example}, {id: b, mail: b@x.example}]
        ladders:
          - {id: default, steps: [{notify: [{person: a}], wait: 2m}, {notify: [{person: b}], wait: 2m}]}
          - {id: other, steps: [{notify: [{person: a}], wait: 1h}]}
        """);
    world.start();
    for (int step = 1; step <= BUSY.dividedBy(STEP); step++) {
      // Alerts change at every other look, so that each change is told before the next.
      int busy = step % 12 < 6 && step % 2 == 0 ? random.nextInt(12) : 0;
      for (int i = 0; i < busy; i++) {
        int one = random.nextInt(down.length);
        down[one] = !down[one];
      }
      if (random.nextInt(15) == 0) {
        world.stop();
        world.start();
      }
      if (random.nextInt(10) == 0) {
        acknowledge(world, random);
      }
      world.goTo(STEP.multipliedBy(step));
    }
    Arrays.fill(down, false);
    world.goTo(BUSY.plusMinutes(10));
  }

  private static List<Sample> samples(boolean[] down, int rule, Instant at) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < COMPONENTS; i++) {
      if (down[rule * COMPONENTS + i]) {
        samples.add(new Sample(Labels.of("component", "c" + i), at.toEpochMilli(), 0));
      }
    }
    return samples;
  }

  private static void acknowledge(World world, Random random) {
    List<Delivery> told = world.deliveries();
    if (!told.isEmpty()) {
      Delivery one = told.get(random.nextInt(told.size()));
      world.engine().acknowledge(one.groupId(), "a", "");
    }
  }

  private static void nobodyGetsTooMuch(World world) {
    byTarget(world)
        .forEach((target, told) -> {
          for (Delivery first : told) {
            Instant end = first.createdAt().plus(WITHIN);
            assertThat(told)
                .as("%s from %s", target, world.elapsed(first.createdAt()))
                .filteredOn(one -> !one.notification().reason().isSummary())
                .filteredOn(one -> !one.createdAt().isBefore(first.createdAt()))
                .filteredOn(one -> one.createdAt().isBefore(end))
                .hasSizeLessThanOrEqualTo(PAGES + CAUSES);
          }
          List<Instant> summaries =
              told.stream()
                  .filter(one -> one.notification().reason() == Reason.STORM)
                  .map(Delivery::createdAt)
                  .toList();
          for (int i = 1; i < summaries.size(); i++) {
            assertThat(Duration.between(summaries.get(i - 1), summaries.get(i)))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(10));
          }
        });
  }

  private static Map<String, List<Delivery>> byTarget(World world) {
    return world.deliveries().stream().collect(Collectors.groupingBy(Delivery::target));
  }

  private static void whatFiredWasTold(World world) {
    List<String> groups =
        world.journal().latestGroups(1_000).stream().map(group -> group.id()).toList();
    List<Decision> told = new ArrayList<>();
    for (String group : groups) {
      world.journal().decisions().ofGroups(List.of(group), world.begin, world.time.now()).stream()
          .filter(decision -> decision.kind() == Decision.Kind.TOLD)
          .forEach(told::add);
    }
    for (AlertEvent event : world.events) {
      if (event.state() == AlertEvent.State.FIRING) {
        assertThat(told)
            .as("%s at %s", event.labels(), world.elapsed(event.at()))
            .anyMatch(decision ->
                decision.isAbout(event.fingerprint())
                    && decision.fact("targets").contains("person:a")
                    && !decision.at().isBefore(event.at())
                    && !decision.at().isAfter(event.at().plus(LATEST)));
      }
    }
  }

  private static void everyStormEnds(World world) {
    assertThat(world.openGroups()).isEmpty();
    Map<String, List<Delivery>> storms =
        world.deliveries().stream()
            .filter(one -> one.notification().reason().isSummary())
            .collect(Collectors.groupingBy(Delivery::groupId));
    assertThat(storms).isNotEmpty();
    storms
        .values()
        .forEach(summaries ->
            assertThat(summaries.getLast().notification().reason()).isEqualTo(Reason.STORM_OVER));
  }
}
