package hinomi.incidentrecords;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.incidentrecords.record.Details;
import hinomi.model.AlertEvent;
import hinomi.model.Incident;
import hinomi.model.Labels;
import hinomi.model.Text;
import hinomi.sql.Database;
import hinomi.testkit.Seeds;
import hinomi.testkit.SimTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class IncidentLawsTest {
  private static IncidentRecords open(Database database, SimTime time) {
    return IncidentRecords.open(
        IncidentRecordsConfig.DEFAULT, Text::same, database, time, new SimpleMeterRegistry());
  }

  /// A story of alerts of two components, each firing and ending in turn.
  private static List<AlertEvent> story(Random random, Instant start) {
    List<AlertEvent> story = new ArrayList<>();
    Map<String, Instant> firing = new HashMap<>();
    Instant at = start;
    for (int i = 0; i < 60; i++) {
      at = at.plusMillis(1 + random.nextInt(90_000));
      String name = "Alert" + random.nextInt(5);
      Labels labels =
          Labels.of(
              "alertname",
              name,
              "component",
              name.compareTo("Alert2") < 0 ? "orders" : "book",
              "severity",
              random.nextBoolean() ? "page" : "warning");
      boolean fires = !firing.containsKey(name);
      Instant activeAt = firing.getOrDefault(name, at.minusMillis(random.nextInt(500)));
      if (fires) {
        firing.put(name, activeAt);
      } else {
        firing.remove(name);
      }
      AlertEvent.State state = fires ? AlertEvent.State.FIRING : AlertEvent.State.RESOLVED;
      String fingerprint = "%016x".formatted(Labels.of("alertname", name).fingerprint());
      story.add(new AlertEvent(fingerprint, labels, Map.of(), state, activeAt, at, 1));
    }
    return story;
  }

  private static List<Details> all(IncidentRecords records) {
    return records.published(1000).stream().map(one -> records.details(one.id())).toList();
  }

  @Test
  void eventsToldAgainAndRestartsInBetweenChangeNothing() {
    Seeds.forAll(
        15,
        random -> {
          SimTime calm = new SimTime();
          SimTime troubled = new SimTime();
          List<AlertEvent> story = story(random, calm.now());
          try (Database one = Database.temporary();
              Database two = Database.temporary()) {
            IncidentRecords once = open(one, calm);
            IncidentRecords often = open(two, troubled);
            for (int i = 0; i < story.size(); i++) {
              calm.advanceTo(story.get(i).at());
              once.alertChanged(story.get(i));
              troubled.advanceTo(story.get(i).at());
              often.alertChanged(story.get(i));
              if (random.nextInt(4) == 0) {
                troubled = new SimTime(troubled.now());
                often = open(two, troubled);
                for (AlertEvent again : story.subList(random.nextInt(i + 1), i + 1)) {
                  often.alertChanged(again);
                }
              }
            }
            calm.advance(Duration.ofMinutes(5));
            troubled.advance(Duration.ofMinutes(5));
            assertThat(all(often)).isEqualTo(all(once));
          }
        });
  }

  @Test
  void everyIncidentCoversItsAlertsExactlyAndIsOpenWhileOneFires() {
    Seeds.forAll(
        8,
        random -> {
          SimTime time = new SimTime();
          try (Database database = Database.temporary()) {
            IncidentRecords records = open(database, time);
            for (AlertEvent event : story(random, time.now())) {
              time.advanceTo(event.at());
              records.alertChanged(event);
              for (Details details : all(records)) {
                covers(details);
              }
            }
          }
        });
  }

  private static void covers(Details details) {
    Incident incident = details.incident();
    Instant first =
        details.alerts().stream().map(one -> one.activeAt()).min(Instant::compareTo).orElseThrow();
    assertThat(incident.startedAt()).isEqualTo(first);
    if (details.alerts().stream().anyMatch(one -> one.resolvedAt().isEmpty())) {
      assertThat(incident.open()).isTrue();
      assertThat(incident.stage()).isEqualTo(Incident.Stage.INVESTIGATING);
    }
    incident
        .resolvedAt()
        .ifPresent(end ->
            assertThat(end)
                .isEqualTo(
                    details.alerts().stream()
                        .map(one -> one.resolvedAt().orElseThrow())
                        .max(Instant::compareTo)
                        .orElseThrow()));
    for (int i = 0; i < incident.updates().size(); i++) {
      assertThat(incident.updates().get(i).number()).isEqualTo(i + 1);
    }
    assertThat(incident.updates().getLast().stage()).isEqualTo(incident.stage());
    assertThat(details.timeline())
        .isSortedAccordingTo(java.util.Comparator.comparing(entry -> entry.at()));
  }
}
