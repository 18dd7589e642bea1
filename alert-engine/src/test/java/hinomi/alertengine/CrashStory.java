package hinomi.alertengine;

import hinomi.alertengine.external.PostedAlert;
import hinomi.alertengine.group.PageGroup;
import hinomi.alertengine.silence.Draft;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Half an hour in which alerts are in every state that there is: waiting, firing, taken on,
/// climbing, kept, held for want of data, coming and going, silenced, sent by others. One process
/// after another lives it; what somebody asks of one that dies of it, he asks of the next.
final class CrashStory {
  private final World world;
  private final Deque<Long> ends;
  private MortalTime process;
  private int kills;

  /// Something that somebody asks at a time.
  private record Ask(Duration at, Runnable what) {}

  /// @param ends with which call of the clock each process ends; those after live on
  CrashStory(World world, List<Long> ends) throws IOException {
    this.world = world;
    this.ends = new ArrayDeque<>(ends);
    this.process = new MortalTime(world.time, Long.MAX_VALUE);
    world.alerting = "interval: 10s\nflapping: {changes: 3, within: 10m, calm: 4m}";
    world.rules(
        """
        groups:
        - name: g
          interval: 10s
          rules:
          - {alert: Slow, expr: p99 > 1, for: 2m, labels: {severity: page}}
          - {alert: Kept, expr: kept > 1, keep_firing_for: 3m, labels: {severity: notice}}
          - {alert: Flappy, expr: flap > 1, labels: {severity: page}}
          - {alert: Hidden, expr: hidden > 1, labels: {severity: page}}
          - alert: Gone
            expr: gone > 1
            labels: {severity: page}
            hinomi: {no-data: {for: 1m, do: page}}
        """);
    world.onCall(
        """
        people: [{id: a, mail: a@x.example}, {id: b, mail: b@x.example}]
        ladders:
          - {id: default, steps: [{notify: [{person: a}], wait: 2m}, {notify: [{person: b}], wait: 30m}]}
        """);
    Duration minute = Duration.ofMinutes(1);
    Figures figures = world.figures();
    figures.write("p99", minute, List.of("i=a 0 5 5 5 5 5 5 5 5 5 0", "i=b 0 0 5 0"));
    figures.write("kept", minute, List.of("i=a 0 0 0 5 0"));
    figures.write("flap", minute, List.of("i=a 0 0 0 0 0 0 0 0 0 0 0 5 0 5 0 5 0 5 0 0"));
    figures.write(
        "hidden", minute, List.of("i=a 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 5 5 5 5 5 5 5 5 5 5 0"));
    figures.write("gone", minute, List.of("i=a 0 0 0 0 5 5 5 5 _ _ _ _ _ _ _ _ _ _ _ 5 0"));
  }

  /// Lives it to its end; returns how many processes were killed.
  int live(Duration life) {
    next();
    for (Ask ask :
        List.of(
            new Ask(Duration.ofMinutes(2), () -> post(Duration.ofMinutes(20))),
            new Ask(Duration.ofSeconds(330), this::acknowledge),
            new Ask(Duration.ofMinutes(9), () -> post(Duration.ofMinutes(9))),
            new Ask(Duration.ofMinutes(14), this::silence),
            new Ask(life, () -> {}))) {
      survived(() -> world.goTo(ask.at()));
      survived(ask.what());
    }
    return kills;
  }

  /// When the last process asked the clock.
  List<Instant> calls() {
    return process.calls();
  }

  private void survived(Runnable what) {
    while (true) {
      try {
        what.run();
        return;
      } catch (MortalTime.Killed e) {
        kills++;
        next();
      }
    }
  }

  private void next() {
    while (true) {
      try {
        world.abandon();
        process = new MortalTime(world.time, ends.isEmpty() ? Long.MAX_VALUE : ends.pop());
        world.clock = process;
        AlertEngine _ = world.start();
        return;
      } catch (MortalTime.Killed e) {
        kills++;
      }
    }
  }

  private void post(Duration end) {
    world
        .engine()
        .desk()
        .external()
        .receive(
            List.of(
                new PostedAlert(
                    Labels.of("alertname", "Theirs", "severity", "page"),
                    Map.of(),
                    Optional.of(world.begin),
                    Optional.of(world.begin.plus(end)),
                    "")));
  }

  private void acknowledge() {
    for (PageGroup group : world.openGroups()) {
      if (group.members().values().stream()
          .anyMatch(member -> member.labels().get("alertname").equals("Slow"))) {
        PageGroup _ = world.engine().acknowledge(group.id(), "a", "");
      }
    }
  }

  private void silence() {
    world
        .engine()
        .desk()
        .silences()
        .set(
            new Draft(
                "",
                List.of(Matcher.equal("alertname", "Hidden")),
                world.begin.plus(Duration.ofMinutes(14)),
                world.begin.plus(Duration.ofMinutes(22)),
                "a",
                "we know",
                Map.of()));
  }
}
