package hinomi.alertengine;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.alertengine.group.Member;
import hinomi.alertengine.group.PageGroup;
import hinomi.alertengine.journal.Delivery;
import hinomi.model.Labels;
import hinomi.model.Sample;
import hinomi.sql.Database;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many alerts that begin to fire within a minute, and end within another, on the disk: the engine
/// has time to spare, and every step is kept. `-Dalerts=10000` is the whole exam.
final class ManyAlertsTest {
  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
  private static final int ALERTS = Integer.getInteger("alerts", 2_000);
  private static final int MOST_MESSAGES = 50; // to one person
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration MOST = Duration.ofMillis(3L * ALERTS); // of a core

  @TempDir Path folder;

  @Test
  void in_one_group() throws Exception {
    run(i -> Labels.of("i", "h" + i), 1);
  }

  @Test
  void in_a_group_each() throws Exception {
    run(i -> Labels.of("component", "c" + i), ALERTS);
  }

  private void run(IntFunction<Labels> alert, int groups) throws Exception {
    try (World world = new World(Database.openFile(folder.resolve("records")))) {
      world.alerting = "interval: 5s";
      world.rules(
          """
          groups:
          - name: g
            rules:
            - {alert: Down, expr: up == 0, labels: {severity: page}, annotations: {summary: "{{ $labels.component }} is down"}}
          """);
      world.onCall(
          """
          people: [{id: a, mail: a@x.example}]
          ladders: [{id: default, steps: [{notify: [{person: a}], wait: 1h}]}]
          """);
      world.answers.put("up == 0", at -> firing(world, alert, at));
      long began = CPU.getCurrentThreadCpuTime();
      world.start();
      world.goTo(MINUTE.plusSeconds(10));
      long fired = CPU.getCurrentThreadCpuTime();
      List<PageGroup> open = world.openGroups();
      List<Delivery> told = world.journal().outbox().toldSince(world.begin, 1_000);
      assertThat(told).hasSizeLessThan(MOST_MESSAGES);
      assertThat(told.getLast().createdAt()).isEqualTo(world.events.getFirst().at());
      assertThat(open).hasSize(groups);
      assertThat(open.stream().flatMap(group -> group.members().values().stream()))
          .hasSize(ALERTS)
          .allMatch(Member::isFiring)
          .noneMatch(member -> member.told() == Member.Told.NOTHING);
      world.goTo(MINUTE.multipliedBy(3));
      long ended = CPU.getCurrentThreadCpuTime();
      assertThat(world.openGroups()).isEmpty();
      assertThat(
              world
                  .journal()
                  .transitions()
                  .between(world.begin, world.time.now(), ALERTS * 3)
                  .stream()
                  .filter(line -> line.contains("Down")))
          .hasSize(2 * ALERTS);
      assertThat(Duration.ofNanos(fired - began)).isLessThan(MOST);
      assertThat(Duration.ofNanos(ended - fired)).isLessThan(MOST);
    }
  }

  /// As many begin in each second of the first minute as end in each of the second.
  private static List<Sample> firing(World world, IntFunction<Labels> alert, Instant at) {
    long millis = world.elapsed(at).toMillis();
    int from = ALERTS * Math.clamp(millis - 70_000, 0, 60_000) / 60_000;
    int to = ALERTS * Math.clamp(millis, 0, 60_000) / 60_000;
    return IntStream.range(from, to)
        .mapToObj(i -> new Sample(alert.apply(i), at.toEpochMilli(), 0))
        .toList();
  }
}
