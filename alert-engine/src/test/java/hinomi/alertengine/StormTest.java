package hinomi.alertengine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import hinomi.alertengine.explain.Words;
import hinomi.alertengine.journal.Delivery;
import hinomi.alertengine.route.MatcherText;
import hinomi.model.Labels;
import hinomi.model.Language;
import hinomi.model.Sample;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a storm looks like to those who are in it.
final class StormTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final World world = new World();
  private int down;

  @BeforeEach
  void two_people_who_get_two_pages_within_a_minute() throws IOException {
    world.alerting = "interval: 10s\nstorm: {pages: 2, webhooks: 2, causes: 0, within: 1m}";
    world.rules(
        """
        groups:
        - name: g
          rules:
          - alert: Down
            expr: up == 0
            labels: {severity: page}
            annotations: {summary: "{{ $labels.component }} is down", summary_ja: "{{ $labels.component }}が停止"}
        """);
    ladder("{person: sato}, {person: smith}");
    world.answers.put(
        "up == 0",
        at ->
            IntStream.range(0, down)
                .mapToObj(i -> new Sample(Labels.of("component", "c" + i), at.toEpochMilli(), 0))
                .toList());
  }

  private void ladder(String targets) throws IOException {
    world.onCall(
        """
        people:
          - {id: sato, name: {ja: 佐藤, en: Sato}, language: ja, mail: sato@exchange.example}
          - {id: smith, name: Smith, language: en, mail: smith@exchange.example}
        channels: [{id: room, webhook: {url: 'http://127.0.0.1:9/hook'}}]
        ladders: [{id: default, steps: [{notify: [%s], wait: 1h}]}]
        """
            .formatted(targets));
  }

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void a_summary_says_in_the_readers_language_what_there_is() throws Exception {
    down = 5;
    world.start();
    world.goTo(Duration.ofSeconds(10));
    down = 3;
    world.goTo(Duration.ofMinutes(2));
    List<String> mails = new java.util.ArrayList<>();
    for (var mail : world.mails()) {
      mails.add(Mails.plain(java.nio.file.Files.readString(mail)));
    }
    assertThat(mails)
        .anyMatch(mail ->
            mail.contains("アラートが多発しているため、個別のお知らせに代えて、まとめてお知らせします")
                && mail.contains("発生中: 3件（3グループ） 復旧済み: 0件 まとめた通知: 3通")
                && mail.contains("  Down: 発生中3件（3グループ）、復旧0件")
                && mail.contains("● c2が停止")
                && mail.contains("/ack/"))
        .anyMatch(mail ->
            mail.contains("There are too many alerts to tell you each of them: this is a summary.")
                && mail.contains(
                    "3 alerts fire in 3 groups, 0 are resolved; instead of 3 messages"))
        .anyMatch(mail -> mail.contains("アラートの多発は収まりました") && mail.contains("復旧済み: 2件"))
        .anyMatch(mail ->
            mail.contains("The storm of alerts is over")
                && mail.contains("  Down: 1 firing in 1 groups, 2 resolved"));
  }

  @Test
  void explain_says_what_went_into_a_summary() {
    down = 5;
    AlertEngine engine = world.start();
    world.goTo(Duration.ofSeconds(20));
    List<String> said =
        new Words(Language.EN, engine::nameOf)
            .lines(
                engine
                    .explainer()
                    .matching(MatcherText.parse("{component=\"c4\"}"), world.time.now(), 1)
                    .getFirst());
    assertThat(said)
        .anyMatch(line ->
            line.contains("too much for 佐藤, Smith: goes into the next summary (first alert)"))
        .anyMatch(line -> line.contains("told 佐藤: storm"));
    assertThat(said.get(1)).contains("was told first");
  }

  @Test
  void a_channel_gets_a_summary_with_figures_and_alerts() throws Exception {
    BlockingQueue<JsonNode> bodies = new LinkedBlockingQueue<>();
    HttpServer room =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    room.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          bodies.add(JSON.readTree(body));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    room.start();
    try {
      world.onCall(
          """
          people: [{id: sato, mail: sato@exchange.example}]
          channels: [{id: room, webhook: {url: 'http://127.0.0.1:%d/hook'}}]
          ladders: [{id: default, steps: [{notify: [{channel: room}], wait: 1h}]}]
          """
              .formatted(room.getAddress().getPort()));
      down = 600;
      world.start();
      world.goTo(Duration.ofSeconds(10));
      JsonNode summary =
          bodies.stream()
              .filter(body -> body.at("/hinomi/storm").isObject())
              .findFirst()
              .orElseThrow();
      assertThat(bodies).hasSize(3);
      assertThat(summary.get("notification_reason").asText()).isEqualTo("storm");
      assertThat(summary.get("status").asText()).isEqualTo("firing");
      assertThat(summary.get("alerts")).hasSize(500);
      assertThat(summary.get("truncatedAlerts").asInt()).isEqualTo(98);
      assertThat(summary.at("/hinomi/storm/firing").asInt()).isEqualTo(598);
      assertThat(summary.at("/hinomi/storm/causes/0/name").asText()).isEqualTo("Down");
      // Who was told of an alert by itself hears of its end by itself.
      down = 0;
      world.goTo(Duration.ofSeconds(25));
      assertThat(bodies)
          .filteredOn(body -> body.get("notification_reason").asText().equals("resolved"))
          .hasSize(2);
    } finally {
      room.stop(0);
    }
  }

  @Test
  void the_general_webhook_is_told_of_every_group() {
    world.delivery = "webhook: {url: 'http://127.0.0.1:9/all'}";
    down = 30;
    world.start();
    world.goTo(Duration.ofSeconds(10));
    assertThat(world.deliveries())
        .filteredOn(delivery -> delivery.target().equals("webhook"))
        .hasSize(30);
  }

  @Test
  void a_summary_that_cannot_be_brought_lets_all_in_it_climb() throws Exception {
    world.onCall(
        """
        people: [{id: smith, mail: smith@exchange.example}]
        channels: [{id: room, webhook: {url: 'http://127.0.0.1:1/hook'}}]
        ladders: [{id: default, steps: [{notify: [{channel: room}], wait: 1h}, {notify: [{person: smith}], wait: 1h}]}]
        """);
    down = 5;
    world.start();
    world.goTo(Duration.ofMinutes(1));
    assertThat(world.deliveries().stream().map(Delivery::target).toList())
        .contains("channel:room", "person:smith");
    assertThat(world.summary("smith").notification().besides().gathered().firing()).isEqualTo(3);
  }

  @Test
  void a_newer_summary_takes_the_place_of_one_that_could_not_leave() throws Exception {
    ladder("{channel: room}");
    down = 5;
    world.start();
    world.goTo(Duration.ofSeconds(20));
    down = 8;
    world.goTo(Duration.ofMinutes(3));
    assertThat(world.deliveries())
        .filteredOn(delivery -> delivery.notification().reason().isSummary())
        .first()
        .matches(delivery -> delivery.state() == Delivery.State.SUPERSEDED);
  }
}
