package hinomi.servicelevels;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.model.ComponentStatus.Tally;
import hinomi.model.Condition;
import hinomi.model.Evidence;
import hinomi.servicelevels.component.Components;
import hinomi.servicelevels.ledger.Claim;
import hinomi.settings.Durations;
import hinomi.settings.Mistakes;
import hinomi.settings.Yaml;
import hinomi.sql.Database;
import hinomi.testkit.SimTime;
import hinomi.testkit.Specs;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Times in the files count from 2026-03-02T00:00:00Z.
///
/// ```
/// component ID [in PARENT]
/// source COMPONENT SOURCE every 30s valid 45s from 0s: up 10m, down 5m, silent 2m, up 1m
/// evidence AT COMPONENT SOURCE up|down|unknown [since T] [valid D]
/// at T  COMPONENT up, COMPONENT down
/// uptime COMPONENT FROM..TO  up D, down D, unknown D
/// intervals COMPONENT FROM..TO
///   FROM..TO up SOURCE SOURCE
/// amended COMPONENT
///   FROM..TO up -> down at T
/// crash, restart
/// ```
final class ServiceLevelsSpecTest {
  private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");

  @TestFactory
  Stream<DynamicTest> theFilesUnderUptimeSayWhatCounts() {
    return Specs.of("uptime", Meaning::new);
  }

  private static final class Meaning implements Specs.Meaning {
    private final List<String> declared = new ArrayList<>();
    private final Database database = Database.temporary();
    private SimTime time = new SimTime(START);
    private ServiceLevels opened = open();

    private ServiceLevels open() {
      Mistakes mistakes = new Mistakes();
      Components components =
          Components.of(
              List.of(Yaml.parse("components.yaml", "components: [" + flow("") + "]", mistakes)));
      mistakes.throwIfAny();
      return ServiceLevels.open(
          ServiceLevelsConfig.DEFAULT, components, database, time, new SimpleMeterRegistry());
    }

    private String flow(String parent) {
      return declared.stream()
          .filter(line -> (line.contains(" in ") ? line.split(" in ")[1] : "").equals(parent))
          .map(line -> line.split(" ")[0])
          .map(id -> "{id: " + id + ", name: " + id + ", components: [" + flow(id) + "]}")
          .collect(Collectors.joining(", "));
    }

    @Override
    public void run(Specs.Step step) {
      switch (step.verb()) {
        case "component" -> {
          declared.add(step.rest());
          opened = open();
        }
        case "source" -> source(step.rest());
        case "evidence" -> evidence(List.of(step.rest().split("\\s+")));
        case "at" -> at(step.rest());
        case "uptime" -> uptime(step.rest());
        case "intervals" -> intervals(step);
        case "amended" ->
            assertThat(
                    opened.amendments(step.rest()).stream()
                        .map(one ->
                            stretch(one.from(), one.to())
                                + " "
                                + lower(one.was())
                                + " -> "
                                + lower(one.becomes())
                                + " at "
                                + since(one.at())))
                .containsExactlyElementsOf(step.block());
        case "restart" -> {
          opened.close();
          restart();
        }
        case "crash" -> restart();
        default -> throw new AssertionError("no such command: " + step.verb());
      }
    }

    private void restart() {
      time = new SimTime(time.now()); // the crashed one's jobs never run again
      opened = open();
    }

    private void source(String rest) {
      String[] halves = rest.split(":\\s+", 2);
      String[] words = halves[0].split("\\s+");
      Duration every = duration(words[3]);
      Duration validFor = duration(words[5]);
      Instant at = time(words[7]);
      for (String phase : halves[1].split(",\\s*")) {
        String[] said = phase.split(" ");
        Instant since = at;
        Instant end = at.plus(duration(said[1]));
        for (; at.isBefore(end); at = at.plus(every)) {
          if (!said[0].equals("silent")) {
            accept(at, words[0], words[1], said[0], since, validFor);
          }
        }
      }
    }

    private void evidence(List<String> words) {
      Instant at = time(words.get(0));
      int since = words.indexOf("since");
      int valid = words.indexOf("valid");
      accept(
          at,
          words.get(1),
          words.get(2),
          words.get(3),
          since < 0 ? at : time(words.get(since + 1)),
          valid < 0 ? Duration.ofMinutes(1) : duration(words.get(valid + 1)));
    }

    private void accept(
        Instant at, String component, String source, String said, Instant since, Duration valid) {
      time.advanceTo(at);
      Condition condition = Condition.valueOf(said.toUpperCase(Locale.ROOT));
      opened.accept(new Evidence(component, source, condition, since, at, valid, said));
    }

    private void at(String rest) {
      String[] words = rest.split("\\s+", 2);
      for (String expected : words[1].split(",\\s*")) {
        String component = expected.split(" ")[0];
        assertThat(component + " " + lower(opened.condition(component, time(words[0]))))
            .isEqualTo(expected);
        assertThat(
                opened.at(time(words[0])).stream()
                    .filter(status -> status.id().equals(component))
                    .map(status -> component + " " + lower(status.condition())))
            .containsExactly(expected);
      }
    }

    private void uptime(String rest) {
      String[] words = rest.split("\\s+", 3);
      Instant[] bounds = bounds(words[1]);
      Tally tally =
          opened.intervals(words[0], bounds[0], bounds[1]).stream()
              .map(Counting::tally)
              .reduce(Tally.NONE, Tally::plus);
      String counted =
          Stream.of(
                  "up " + text(tally.up()),
                  "down " + text(tally.down()),
                  "unknown " + text(tally.unknown()))
              .filter(part -> !part.endsWith(" 0s"))
              .collect(Collectors.joining(", "));
      assertThat(counted).isEqualTo(words[2]);
    }

    private void intervals(Specs.Step step) {
      String[] words = step.rest().split("\\s+");
      Instant[] bounds = bounds(words[1]);
      assertThat(
              opened.intervals(words[0], bounds[0], bounds[1]).stream()
                  .map(one ->
                      stretch(one.from(), one.to())
                          + " "
                          + lower(one.condition())
                          + one.evidence().stream()
                              .map(Claim::source)
                              .distinct()
                              .map(source -> " " + source)
                              .collect(Collectors.joining())))
          .containsExactlyElementsOf(step.block());
    }

    private static String lower(Condition condition) {
      return condition.name().toLowerCase(Locale.ROOT);
    }

    private static String stretch(Instant from, Instant to) {
      return since(from) + ".." + since(to);
    }

    private static String since(Instant at) {
      return text(Duration.between(START, at));
    }

    private static String text(Duration duration) {
      String text = duration.toString().substring(2).toLowerCase(Locale.ROOT);
      return text.isEmpty() ? "0s" : text;
    }

    private static Instant[] bounds(String stretch) {
      String[] ends = stretch.split("\\.\\.");
      return new Instant[] {time(ends[0]), time(ends[1])};
    }

    private static Instant time(String text) {
      return START.plus(duration(text));
    }

    private static Duration duration(String text) {
      return text.equals("0s") ? Duration.ZERO : Durations.parse(text).orElseThrow();
    }
  }
}
