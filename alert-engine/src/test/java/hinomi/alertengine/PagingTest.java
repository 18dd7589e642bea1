package hinomi.alertengine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hinomi.alertengine.journal.Delivery;
import hinomi.alertengine.journal.OutboxTable;
import hinomi.model.Labels;
import hinomi.model.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PagingTest {
  private final World world = new World();
  private boolean down;

  @BeforeEach
  void one_rule_and_one_ladder() throws IOException {
    world.alerting = "interval: 1m";
    world.rules(
        """
        groups:
        - name: g
          rules:
          - alert: Down
            expr: up == 0
            labels: {severity: page, component: trading}
            annotations: {summary: "{{ $labels.i }} is down", summary_ja: "{{ $labels.i }} が停止しています"}
        """);
    world.onCall(
        """
        people:
          - {id: sato, name: {ja: 佐藤, en: Sato}, language: ja, mail: sato@exchange.example}
          - {id: smith, name: Smith, language: en, mail: smith@exchange.example}
        ladders:
          - id: default
            steps:
              - {notify: [{person: sato}, {person: smith}], wait: 5m}
              - {notify: [{person: smith}], wait: 5m}
        """);
    world.answers.put(
        "up == 0",
        at ->
            down ? List.of(new Sample(Labels.of("i", "web-1"), at.toEpochMilli(), 0)) : List.of());
  }

  @AfterEach
  void stop() {
    world.close();
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void samples_that_a_rule_looks_at_trigger_it_within_a_second() {
    AlertEngine engine = startWithSelectors();
    world.goTo(Duration.ofSeconds(70));
    down = true;
    engine.samplesArrived(Map.of("other", now()));
    world.goTo(Duration.ofSeconds(75));
    assertThat(world.events).isEmpty();
    engine.samplesArrived(Map.of("up", now()));
    world.goTo(Duration.ofSeconds(76));
    assertThat(world.events).hasSize(1);
    assertThat(world.deliveries())
        .hasSize(2)
        .allMatch(d -> d.state() == Delivery.State.SENT)
        .allMatch(d -> world.elapsed(d.originAt()).equals(Duration.ofSeconds(75)));
  }

  @Test
  void a_sample_of_a_clock_that_is_ahead_is_seen_as_soon_as_it_is_due() {
    AlertEngine engine = startWithSelectors();
    world.goTo(Duration.ofSeconds(70));
    long ahead = world.time.now().plusSeconds(2).toEpochMilli();
    world.answers.put(
        "up == 0",
        at ->
            at.toEpochMilli() >= ahead
                ? List.of(new Sample(Labels.of("i", "a"), ahead, 0))
                : List.of());
    engine.samplesArrived(Map.of("up", ahead));
    world.goTo(Duration.ofSeconds(73));
    assertThat(world.events).hasSize(1);
  }

  private AlertEngine startWithSelectors() {
    world.selectors = _ -> Set.of("up");
    return world.start();
  }

  private long now() {
    return world.time.now().toEpochMilli();
  }

  @Test
  void without_a_mail_server_pages_land_in_the_mailbox_in_the_readers_language()
      throws IOException {
    down = true;
    world.start();
    world.goTo(Duration.ofMinutes(2));
    List<String> mails = world.mails().stream().map(PagingTest::read).toList();
    assertThat(mails).hasSize(2);
    String sato = mails.stream().filter(m -> m.contains("sato@")).findFirst().orElseThrow();
    assertThat(sato)
        .contains("Subject: =?UTF-8?")
        .contains("multipart/alternative")
        .contains("References: <" + world.openGroups().getFirst().id() + "@hinomi>");
    assertThat(Mails.subject(sato)).isEqualTo("【障害】web-1 が停止しています");
    assertThat(Mails.plain(sato)).contains("次のアラートが発生しました。").contains("http://127.0.0.1:8480/ack/");
    String smith = mails.stream().filter(m -> m.contains("smith@")).findFirst().orElseThrow();
    assertThat(Mails.subject(smith)).isEqualTo("[ALERT] web-1 is down");
  }

  private static String read(java.nio.file.Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void a_webhook_gets_alertmanagers_payload_signed_and_is_tried_again() throws IOException {
    down = true;
    java.nio.file.Path secret = world.folder.resolve("secret");
    Files.writeString(secret, "s3cret\n");
    try (Peer peer = new Peer(500, 429)) {
      world.delivery = "webhook: {url: '%s', secret-file: '%s'}".formatted(peer.url(), secret);
      world.start();
      world.goTo(Duration.ofMinutes(2));
      assertThat(peer.got()).hasSize(3);
      assertThat(peer.got().stream().map(Peer.Got::key).distinct()).hasSize(1);
      assertThat(peer.got().getFirst().signature()).get().asString().matches("sha256=[0-9a-f]{64}");
      JsonNode body = JSON.readTree(peer.got().getFirst().body());
      assertThat(body.get("version").asText()).isEqualTo("4");
      assertThat(body.get("status").asText()).isEqualTo("firing");
      assertThat(body.at("/alerts/0/endsAt").asText()).isEqualTo("0001-01-01T00:00:00Z");
      assertThat(body.at("/commonLabels/component").asText()).isEqualTo("trading");
      assertThat(body.at("/hinomi/acknowledgeUrl").asText()).contains("/ack/");
      List<Delivery.Attempt> attempts = attempts("webhook");
      assertThat(attempts)
          .map(Delivery.Attempt::detail)
          .containsExactly("HTTP 500", "HTTP 429", "HTTP 200");
    }
  }

  private List<Delivery.Attempt> attempts(String target) {
    OutboxTable outbox = world.journal().outbox();
    return world.deliveries().stream()
        .filter(d -> d.target().equals(target))
        .flatMap(d -> outbox.attempts(d.id()).stream())
        .toList();
  }

  @Test
  void a_webhook_that_is_gone_is_not_tried_again() throws IOException {
    down = true;
    try (Peer peer = new Peer(410)) {
      world.delivery = "webhook: {url: '" + peer.url() + "'}";
      world.start();
      world.goTo(Duration.ofMinutes(4));
      assertThat(peer.got()).hasSize(1);
      assertThat(world.deliveries())
          .filteredOn(d -> d.target().equals("webhook"))
          .allMatch(d -> d.state() == Delivery.State.FAILED);
    }
  }

  @Test
  void what_was_sent_but_not_marked_goes_again_under_the_same_key() throws IOException {
    down = true;
    try (Peer peer = new Peer()) {
      world.delivery = "webhook: {url: '" + peer.url() + "'}";
      world.start();
      world.goTo(Duration.ofSeconds(60));
      assertThat(peer.got()).hasSize(1);
      // As a crash between the answer and the mark leaves it.
      int changed =
          world.database.write(handle ->
              handle.execute(
                  "update outbox set state = 'sending', due_at = ? where target = 'webhook'",
                  world.time.now().plusSeconds(60).toEpochMilli()));
      assertThat(changed).isOne();
      world.stop();
      world.start();
      // Nobody else can have claimed it: it need not wait for the lease.
      world.goTo(Duration.ofSeconds(61));
      assertThat(peer.got()).hasSize(2);
      assertThat(peer.got().get(1).key()).isEqualTo(peer.got().get(0).key());
      assertThat(world.deliveries()).allMatch(d -> d.state() == Delivery.State.SENT);
    }
  }

  @Test
  void a_page_that_comes_too_late_is_not_sent_after_all_is_resolved() throws IOException {
    down = true;
    Integer[] failures = new Integer[6];
    java.util.Arrays.fill(failures, 503);
    try (Peer peer = new Peer(failures)) {
      world.delivery = "webhook: {url: '" + peer.url() + "'}";
      world.alerting = "interval: 10s";
      world.start();
      world.goTo(Duration.ofSeconds(12));
      down = false;
      world.goTo(Duration.ofMinutes(30));
      List<Delivery> deliveries =
          world.deliveries().stream().filter(d -> d.target().equals("webhook")).toList();
      assertThat(deliveries)
          .map(Delivery::state)
          .containsExactly(Delivery.State.SUPERSEDED, Delivery.State.SENT);
      assertThat(peer.got().getLast().body()).contains("\"status\":\"resolved\"");
    }
  }

  @Test
  void if_the_database_fails_the_page_leaves_without_it() throws IOException {
    world.start();
    world.goTo(Duration.ofSeconds(30));
    world.database.close();
    down = true;
    world.goTo(Duration.ofMinutes(3));
    assertThat(world.mails()).hasSize(2);
    assertThat(world.engine().rules().getFirst().rules().getFirst().health()).isEqualTo("err");
  }

  @Test
  void evidence_says_down_since_the_expression_was_true() {
    world.start();
    world.goTo(Duration.ofMinutes(1));
    down = true;
    world.goTo(Duration.ofMinutes(3));
    Instant since = world.events.getFirst().activeAt();
    assertThat(world.evidence)
        .filteredOn(e -> e.condition() == hinomi.model.Condition.DOWN)
        .hasSize(2)
        .allMatch(e -> e.since().equals(since) && e.component().equals("trading"))
        .allMatch(e -> e.source().equals("rule:g/Down"))
        .allMatch(e -> e.detail().equals("web-1 is down"))
        .allMatch(e -> e.validFor().equals(Duration.ofMinutes(3)));
  }

  @Test
  void alerts_are_stored_as_series_that_end_with_a_stale_marker() {
    down = true;
    world.start();
    world.goTo(Duration.ofMinutes(1));
    assertThat(world.stored)
        .map(s -> s.labels().toString())
        .containsExactly(
            "ALERTS{alertname=\"Down\", alertstate=\"firing\", component=\"trading\", i=\"web-1\","
                + " severity=\"page\"}",
            "ALERTS_FOR_STATE{alertname=\"Down\", component=\"trading\", i=\"web-1\","
                + " severity=\"page\"}");
    down = false;
    world.goTo(Duration.ofMinutes(2));
    assertThat(world.stored.subList(2, 4)).allMatch(s -> Sample.isStale(s.value()));
  }
}
