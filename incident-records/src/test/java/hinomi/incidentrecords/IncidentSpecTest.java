package hinomi.incidentrecords;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.incidentrecords.manual.Declaration;
import hinomi.incidentrecords.manual.NewUpdate;
import hinomi.model.AlertEvent;
import hinomi.model.Incident;
import hinomi.model.Incident.Impact;
import hinomi.model.Incident.Stage;
import hinomi.model.Labels;
import hinomi.model.Text;
import hinomi.settings.Durations;
import hinomi.sql.Database;
import hinomi.testkit.SimTime;
import hinomi.testkit.Specs;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Times in the files count from 2026-03-02T00:00:00Z, 9:00 in Tokyo.
///
/// ```
/// fires T NAME COMPONENT SEVERITY [since T]
/// resolves T NAME COMPONENT SEVERITY
/// clock T
/// declare COMPONENT BY
/// update ID STAGE BY
/// record ID|NAME KIND TEXT
/// told again                       everything that alerts told so far, in order
/// restart
/// incidents
///   ID IMPACT STAGE FROM..[TO] UPDATES
/// title ID, text ID N
///   Japanese
///   English
/// timeline ID
///   T KIND [WHO:] TEXT
/// ```
final class IncidentSpecTest {
  private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
  private static final Map<String, Text> NAMES =
      Map.of("orders", new Text("注文", "Orders"), "book", new Text("板情報", "Order book"));

  @TestFactory
  Stream<DynamicTest> theFilesUnderIncidentsSayWhatHappens() {
    return Specs.of("incidents", () -> new Meaning(Database.temporary()));
  }

  @TestFactory
  Stream<DynamicTest> andTheSameInAFile(@TempDir Path folder) {
    return Specs.of(
        "incidents",
        () -> new Meaning(Database.openFile(folder.resolve(UUID.randomUUID().toString()))));
  }

  private static final class Meaning implements Specs.Meaning {
    private final Database database;
    private final List<AlertEvent> told = new ArrayList<>();
    private SimTime time = new SimTime(START);
    private IncidentRecords records;

    Meaning(Database database) {
      this.database = database;
      this.records = open();
    }

    private IncidentRecords open() {
      return IncidentRecords.open(
          IncidentRecordsConfig.DEFAULT,
          id -> NAMES.getOrDefault(id, Text.same("")),
          database,
          time,
          new SimpleMeterRegistry());
    }

    @Override
    public void run(Specs.Step step) {
      String[] words = step.rest().split("\\s+");
      switch (step.verb()) {
        case "fires" -> alert(words, AlertEvent.State.FIRING);
        case "resolves" -> alert(words, AlertEvent.State.RESOLVED);
        case "clock" -> time.advanceTo(time(words[0]));
        case "told" -> List.copyOf(told).forEach(records::alertChanged);
        case "declare" ->
            records.declare(
                new Declaration(
                    new Text("題", "Title"),
                    Impact.MINOR,
                    List.of(words[0]),
                    new Text("本文", "Text"),
                    time.now(),
                    words[1]));
        case "update" ->
            records.update(
                words[0],
                new NewUpdate(
                    Stage.valueOf(words[1].toUpperCase(Locale.ROOT)),
                    new Text("本文", "Text"),
                    words[2]));
        case "record" -> {
          String of = words[0].contains("-") ? words[0] : fingerprint(words[0]);
          records.record(of, time.now(), words[1], words[2]);
        }
        case "restart" -> {
          time = new SimTime(time.now()); // jobs of the one that ended never run again
          records = open();
        }
        case "incidents" ->
            assertThat(records.published(100).stream().map(Meaning::line))
                .containsExactlyElementsOf(step.block());
        case "title" -> same(incident(words[0]).title(), step.block());
        case "text" ->
            same(
                incident(words[0]).updates().get(Integer.parseInt(words[1]) - 1).text(),
                step.block());
        case "timeline" ->
            assertThat(
                    records.details(words[0]).timeline().stream()
                        .map(entry ->
                            since(entry.at())
                                + " "
                                + entry.kind()
                                + " "
                                + (entry.who().isEmpty() ? "" : entry.who() + ": ")
                                + entry.text()))
                .containsExactlyElementsOf(step.block());
        default -> throw new AssertionError("no such command: " + step.verb());
      }
    }

    private void alert(String[] words, AlertEvent.State state) {
      Instant at = time(words[0]);
      time.advanceTo(at);
      Instant activeAt = words.length > 5 ? time(words[5]) : at;
      AlertEvent event =
          new AlertEvent(
              fingerprint(words[1]),
              Labels.of(
                  "alertname",
                  words[1],
                  "component",
                  words[2].equals("none") ? "" : words[2],
                  "severity",
                  words[3],
                  "instance",
                  "db-17.internal"),
              Map.of("summary", "db-17 is slow"),
              state,
              activeAt,
              at,
              1);
      told.add(event);
      records.alertChanged(event);
    }

    private static String fingerprint(String name) {
      return "%016x".formatted(Labels.of("alertname", name).fingerprint());
    }

    private Incident incident(String id) {
      return records.find(id).orElseThrow();
    }

    private static String line(Incident incident) {
      return incident.id()
          + " "
          + lower(incident.impact())
          + " "
          + lower(incident.stage())
          + " "
          + since(incident.startedAt())
          + ".."
          + incident.resolvedAt().map(Meaning::since).orElse("")
          + " "
          + incident.updates().size();
    }

    private static void same(Text text, List<String> block) {
      assertThat(List.of(text.ja(), text.en())).isEqualTo(block);
    }

    private static String lower(Enum<?> choice) {
      return choice.name().toLowerCase(Locale.ROOT);
    }

    private static String since(Instant at) {
      String text = Duration.between(START, at).toString().substring(2).toLowerCase(Locale.ROOT);
      return text.isEmpty() ? "0s" : text;
    }

    private static Instant time(String text) {
      return text.equals("0s") ? START : START.plus(Durations.parse(text).orElseThrow());
    }
  }
}
