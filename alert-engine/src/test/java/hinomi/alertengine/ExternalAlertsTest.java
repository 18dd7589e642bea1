package hinomi.alertengine;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.alertengine.external.ExternalAlert;
import hinomi.alertengine.external.ExternalAlerts;
import hinomi.alertengine.external.PostedAlert;
import hinomi.alertengine.journal.Delivery;
import hinomi.model.AlertEvent;
import hinomi.model.Labels;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Alerts that others send, over an engine in simulated time.
final class ExternalAlertsTest {
  private static final Labels SLOW =
      Labels.of("alertname", "Slow", "severity", "page", "component", "order-entry");

  private final World world = new World();

  @BeforeEach
  void start() throws IOException {
    world.rules("groups: []");
    world.onCall(
        """
        people: [{id: sato, mail: sato@x.example}]
        ladders: [{id: default, steps: [{notify: [{person: sato}]}]}]
        """);
    world.start();
  }

  @AfterEach
  void close() {
    world.close();
  }

  private ExternalAlerts external() {
    return world.engine().desk().external();
  }

  private Instant at(Duration since) {
    return world.begin.plus(since);
  }

  private static PostedAlert alert(Optional<Instant> start, Optional<Instant> end) {
    return new PostedAlert(SLOW, Map.of("summary", "slow"), start, end, "http://prom:9090/graph");
  }

  private void post(Optional<Instant> start, Optional<Instant> end) {
    external().receive(List.of(alert(start, end)));
  }

  /// As a Prometheus does: the end is four intervals ahead.
  private void repeat() {
    post(Optional.of(world.begin), Optional.of(world.time.now().plus(Duration.ofMinutes(4))));
  }

  private List<String> told() {
    return world.deliveries().stream().map(d -> d.notification().reason().word()).toList();
  }

  private ExternalAlert only() {
    assertThat(external().all()).hasSize(1);
    return external().all().getFirst();
  }

  private List<AlertEvent.State> events() {
    return world.events.stream().map(AlertEvent::state).toList();
  }

  @Test
  void it_goes_the_way_of_our_own_to_people_and_incidents() {
    repeat();
    world.goTo(Duration.ofSeconds(5));
    assertThat(told()).containsExactly("first_alert");
    Delivery page = world.deliveries().getFirst();
    assertThat(page.target()).isEqualTo("person:sato");
    assertThat(page.notification().group().members().values())
        .singleElement()
        .satisfies(member -> assertThat(member.expression()).isEqualTo("http://prom:9090/graph"));
    assertThat(world.events)
        .singleElement()
        .satisfies(event -> assertThat(event.component()).isEqualTo("order-entry"));
    world.goTo(Duration.ofMinutes(2));
    post(Optional.of(world.begin), Optional.of(world.time.now()));
    world.goTo(Duration.ofMinutes(3));
    assertThat(told()).containsExactly("first_alert", "resolved");
    assertThat(events()).containsExactly(AlertEvent.State.FIRING, AlertEvent.State.RESOLVED);
    assertThat(only().end()).isEqualTo(ExternalAlert.End.BY_SENDER);
    world.goTo(Duration.ofMinutes(20));
    assertThat(external().all()).isEmpty();
  }

  @Test
  void repeated_it_stands_and_is_told_once() {
    for (int minute = 0; minute < 60; minute++) {
      world.goTo(Duration.ofMinutes(minute));
      repeat();
    }
    assertThat(told()).containsExactly("first_alert");
    assertThat(events()).containsExactly(AlertEvent.State.FIRING);
  }

  @Test
  void of_a_sender_that_went_silent_it_is_over_at_its_end() {
    repeat();
    world.goTo(Duration.ofMinutes(4).minusMillis(1));
    assertThat(only().stands()).isTrue();
    world.goTo(Duration.ofMinutes(4));
    assertThat(only().end()).isEqualTo(ExternalAlert.End.NOT_REPEATED);
    world.goTo(Duration.ofMinutes(5));
    assertThat(told()).containsExactly("first_alert", "resolved");
  }

  @Test
  void without_an_end_it_stands_for_the_resolve_timeout() {
    post(Optional.empty(), Optional.empty());
    assertThat(only().startsAt()).isEqualTo(world.begin);
    world.goTo(Duration.ofMinutes(3));
    post(Optional.empty(), Optional.empty());
    assertThat(only().startsAt()).isEqualTo(world.begin);
    world.goTo(Duration.ofMinutes(8).minusMillis(1));
    assertThat(only().stands()).isTrue();
    world.goTo(Duration.ofMinutes(8));
    assertThat(only().stands()).isFalse();
  }

  @Test
  void an_end_that_was_named_holds_against_a_shorter_timeout() {
    Instant end = at(Duration.ofHours(1));
    post(Optional.of(world.begin), Optional.of(end));
    world.goTo(Duration.ofMinutes(1));
    post(Optional.empty(), Optional.empty());
    assertThat(only().endsAt()).isEqualTo(end);
    post(Optional.of(at(Duration.ofMinutes(-5))), Optional.of(at(Duration.ofMinutes(2))));
    assertThat(only().startsAt()).isEqualTo(at(Duration.ofMinutes(-5)));
    assertThat(only().endsAt()).isEqualTo(at(Duration.ofMinutes(2)));
    post(Optional.empty(), Optional.of(world.time.now()));
    assertThat(only().stands()).isFalse();
  }

  @Test
  void what_was_over_before_it_was_heard_of_is_nothing() {
    post(Optional.empty(), Optional.of(at(Duration.ofMinutes(-1))));
    assertThat(external().all()).isEmpty();
    assertThat(world.openGroups()).isEmpty();
  }

  @Test
  void a_restart_loses_none_and_tells_none_twice() {
    repeat();
    world.goTo(Duration.ofMinutes(1));
    world.stop();
    world.time.advance(Duration.ofMinutes(30));
    world.start();
    world.time.advance(Duration.ofMinutes(1));
    assertThat(only().stands()).isTrue();
    assertThat(only().startsAt()).isEqualTo(world.begin);
    repeat();
    world.time.advance(Duration.ofMinutes(3));
    assertThat(told()).containsExactly("first_alert");
    assertThat(events()).containsExactly(AlertEvent.State.FIRING, AlertEvent.State.FIRING);
    world.time.advance(Duration.ofMinutes(3));
    assertThat(only().end()).isEqualTo(ExternalAlert.End.NOT_REPEATED);
    assertThat(told()).containsExactly("first_alert", "resolved");
  }

  @Test
  void it_can_fire_anew() {
    repeat();
    world.goTo(Duration.ofMinutes(6));
    post(Optional.of(world.time.now()), Optional.empty());
    assertThat(only().startsAt()).isEqualTo(at(Duration.ofMinutes(6)));
    world.goTo(Duration.ofMinutes(7));
    assertThat(told()).containsExactly("first_alert", "resolved", "first_alert");
  }
}
