package hinomi.alertengine;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.model.AlertEvent;
import hinomi.model.Labels;
import hinomi.model.Sample;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PageEventsTest {
  private final World world = new World();
  private final List<String> down = new ArrayList<>();

  @BeforeEach
  void one_rule_and_one_ladder() throws IOException {
    world.rules(
        """
        groups:
        - name: g
          rules:
          - {alert: Down, expr: up == 0, labels: {severity: page, component: trading}}
        """);
    world.onCall(
        """
        people:
          - {id: sato, name: {ja: 佐藤, en: Sato}, language: ja, mail: sato@exchange.example}
          - {id: smith, name: Smith, language: en, mail: smith@exchange.example}
        ladders:
          - id: default
            steps:
              - {notify: [{person: sato}], wait: 5m}
              - {notify: [{person: smith}], wait: 5m}
        """);
    world.answers.put(
        "up == 0",
        at ->
            down.stream()
                .map(host -> new Sample(Labels.of("i", host), at.toEpochMilli(), 0))
                .toList());
  }

  @AfterEach
  void stop() {
    world.close();
  }

  private List<String> told() {
    return world.pageEvents().stream()
        .map(event ->
            world.elapsed(event.at()).toSeconds()
                + " "
                + event.kind()
                + " "
                + event.text().replaceAll("file \\S+", "file F"))
        .toList();
  }

  @Test
  void whom_it_reached_who_did_not_answer_and_who_took_it_on_is_told_in_one_line_each() {
    down.add("web-1");
    AlertEngine engine = world.start();
    world.goTo(Duration.ofSeconds(400));
    engine.acknowledge(world.openGroups().getFirst().id(), "Smith", "looking at\nweb-1");
    down.clear();
    world.goTo(Duration.ofSeconds(425));
    assertThat(told())
        .containsExactly(
            "1 DELIVERED told 佐藤 by mail (first alert): file F",
            "301 ESCALATED not acknowledged: step 2 of the ladder \"default\"",
            "301 DELIVERED told Smith by mail (escalated): file F",
            "400 ACKNOWLEDGED by Smith: looking at web-1",
            "401 DELIVERED told 佐藤 by mail (resolved): file F",
            "401 DELIVERED told Smith by mail (resolved): file F");
    assertThat(world.pageEvents())
        .map(PageEvent::fingerprints)
        .containsOnly(Set.of(world.events.getFirst().fingerprint()));
  }

  @Test
  void a_page_is_told_only_after_its_alert() {
    world.deafToPages = true;
    down.add("web-1");
    AlertEngine _ = world.start();
    world.goTo(Duration.ofSeconds(3));
    down.add("web-2");
    world.goTo(Duration.ofSeconds(10));
    world.deafToPages = false;
    world.goTo(Duration.ofSeconds(20));
    assertThat(world.heard)
        .map(heard -> heard instanceof AlertEvent event ? event.labels().get("i") : "page")
        .containsExactly("web-1", "page", "web-2", "page");
  }

  @Test
  void failures_are_told_until_the_next_step_is_taken_and_when_it_is_given_up() throws IOException {
    down.add("web-1");
    Integer[] failures = new Integer[5];
    java.util.Arrays.fill(failures, 503);
    failures[4] = 410;
    try (Peer peer = new Peer(failures)) {
      world.delivery = "webhook: {url: '" + peer.url() + "'}";
      AlertEngine _ = world.start();
      world.goTo(Duration.ofMinutes(4));
    }
    assertThat(world.pageEvents())
        .filteredOn(event -> event.kind() == PageEvent.Kind.NOT_DELIVERED)
        .map(PageEvent::text)
        .containsExactly(
            "could not tell webhook (first alert): HTTP 503; will be tried again",
            "could not tell webhook (first alert), attempt 2: HTTP 503; will be tried again",
            "could not tell webhook (first alert), attempt 3: HTTP 503; will be tried again",
            "could not tell webhook (first alert), attempt 5: HTTP 410; not tried again");
  }

  @Test
  void what_nobody_heard_before_a_stop_is_told_after_the_start_in_the_same_words() {
    down.add("web-1");
    AlertEngine engine = world.start();
    world.goTo(Duration.ofSeconds(310));
    engine.acknowledge(world.openGroups().getFirst().id(), "Smith", "");
    world.goTo(Duration.ofSeconds(311));
    List<PageEvent> before = world.pageEvents();
    assertThat(before).hasSize(4);
    world.stop();
    world.heard.clear();
    AlertEngine _ = world.start();
    world.goTo(Duration.ofSeconds(320));
    assertThat(world.heard.getFirst()).isInstanceOf(AlertEvent.class);
    assertThat(world.pageEvents()).containsExactlyInAnyOrderElementsOf(before);
  }

  @Test
  void what_was_said_before_an_alert_fired_anew_is_not_said_again_of_it() {
    down.addAll(List.of("web-1", "web-2"));
    AlertEngine _ = world.start();
    world.goTo(Duration.ofSeconds(10));
    down.remove("web-1");
    world.goTo(Duration.ofMinutes(7));
    down.add("web-1");
    world.goTo(Duration.ofMinutes(8));
    world.stop();
    world.heard.clear();
    AlertEngine _ = world.start();
    world.goTo(Duration.ofMinutes(9));
    String again = world.events.getFirst().fingerprint();
    String other = world.events.get(1).fingerprint();
    assertThat(world.pageEvents())
        .filteredOn(event -> event.at().isBefore(world.begin.plusSeconds(400)))
        .isNotEmpty()
        .allSatisfy(event -> assertThat(event.fingerprints()).containsExactly(other));
    assertThat(world.pageEvents()).anyMatch(event -> event.fingerprints().contains(again));
  }
}
