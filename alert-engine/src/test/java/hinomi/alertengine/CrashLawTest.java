package hinomi.alertengine;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.alertengine.journal.Delivery;
import hinomi.testkit.Seeds;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Wherever in the life of alerts the process is killed, before or after any transaction and any
/// message, the next one goes on with it: every alert takes the same steps, everybody is told the
/// same once, and what waits for its `for` waits on. `-Dcrashes=N` tries so many ends.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CrashLawTest {
  private static final int CRASHES = Integer.getInteger("crashes", 12);
  private static final Duration LENGTH = Duration.ofMinutes(32);

  /// So often it is noted that somebody watches, and so often a rule is looked at.
  private static final Duration LATER = Duration.ofSeconds(10 + 10);

  /// So often silences are looked after, from the start on.
  private static final Duration SWEEP = Duration.ofMinutes(1);

  private Life undisturbed;
  private List<Long> moments;

  @BeforeAll
  void live() throws IOException {
    undisturbed = Life.with(List.of());
    moments = undisturbed.moments();
    assertThat(undisturbed.steps().keySet()).hasSizeGreaterThan(6);
    assertThat(moments).hasSizeGreaterThan(300);
  }

  @Test
  void what_a_killed_process_left_the_next_goes_on_with() {
    Seeds.forAll(CRASHES, random -> check(Life.with(List.of(one(random))), 1));
  }

  @Test
  void so_it_is_when_that_is_killed_as_it_takes_it_up() {
    Seeds.forAll(
        CRASHES / 2, random -> check(Life.with(List.of(one(random), 1L + random.nextInt(40))), 2));
  }

  private long one(Random random) {
    return moments.get(random.nextInt(moments.size()));
  }

  private void check(Life life, int kills) {
    assertThat(life.kills()).isEqualTo(kills);
    assertThat(what(life.steps())).isEqualTo(what(undisturbed.steps()));
    assertThat(what(life.told())).isEqualTo(what(undisturbed.told()));
    nothingLate(life.steps(), undisturbed.steps());
    nothingLate(life.told(), undisturbed.told());
    assertThat(life.deliveries())
        .allMatch(delivery -> delivery.state() == Delivery.State.SENT)
        .allMatch(delivery -> delivery.attempts() <= 1 + kills);
  }

  private static Map<String, List<String>> what(Map<String, List<Event>> events) {
    Map<String, List<String>> what = new TreeMap<>();
    events.forEach((who, list) -> what.put(who, list.stream().map(Event::what).toList()));
    return what;
  }

  private static void nothingLate(Map<String, List<Event>> life, Map<String, List<Event>> without) {
    life.forEach((who, events) -> {
      List<Event> expected = without.getOrDefault(who, List.of());
      for (int i = 0; i < events.size(); i++) {
        Event event = events.get(i);
        Instant due = expected.get(i).at();
        boolean note = event.what().startsWith("note");
        assertThat(event.at())
            .as(who + event.what())
            .isBetween(note ? due.minus(SWEEP) : due, due.plus(note ? SWEEP : LATER));
      }
    });
  }

  private record Event(Instant at, String what) {}

  /// What became of it all.
  ///
  /// @param steps by alert
  /// @param told by person and group
  /// @param calls when the last process asked the clock
  private record Life(
      Map<String, List<Event>> steps,
      Map<String, List<Event>> told,
      List<Delivery> deliveries,
      List<Instant> calls,
      int kills) {
    static Life with(List<Long> ends) throws IOException {
      try (World world = new World()) {
        CrashStory story = new CrashStory(world, ends);
        int kills = story.live(LENGTH);
        Map<String, List<Event>> told = new TreeMap<>();
        for (Delivery delivery : world.deliveries()) {
          String whom =
              delivery.target()
                  + delivery.notification().group().route().labels().without("silence");
          told.computeIfAbsent(whom, _ -> new ArrayList<>()).add(event(delivery));
        }
        return new Life(steps(world), told, world.deliveries(), story.calls(), kills);
      }
    }

    private static Event event(Delivery delivery) {
      return new Event(
          delivery.createdAt(),
          delivery.notification().reason().word()
              + delivery.notification().group().members().values().stream()
                  .map(member ->
                      member.labels().without("silence")
                          + (member.isFiring() ? " fires" : " is over"))
                  .sorted()
                  .toList());
    }

    private static Map<String, List<Event>> steps(World world) {
      Map<String, List<Event>> steps = new TreeMap<>();
      for (String line :
          world.journal().transitions().between(world.begin, world.time.now(), Integer.MAX_VALUE)) {
        List<String> fields = List.of(line.split("\t", -1));
        if (!fields.get(1).equals("engine")) {
          steps
              .computeIfAbsent(fields.get(1) + fields.get(2), _ -> new ArrayList<>())
              .add(new Event(Instant.parse(fields.get(0)), String.join(" ", fields.subList(3, 7))));
        }
      }
      return steps;
    }

    /// Calls of the clock at times at which something happened.
    List<Long> moments() {
      Set<Instant> times = new HashSet<>();
      steps.values().forEach(list -> list.forEach(event -> times.add(event.at())));
      told.values().forEach(list -> list.forEach(event -> times.add(event.at())));
      List<Long> moments = new ArrayList<>();
      for (int call = 0; call < calls.size(); call++) {
        if (times.contains(calls.get(call))) {
          moments.add(call + 1L);
        }
      }
      return moments;
    }
  }
}
