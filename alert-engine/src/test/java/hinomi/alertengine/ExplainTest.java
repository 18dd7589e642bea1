package hinomi.alertengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hinomi.alertengine.explain.Explanation;
import hinomi.alertengine.explain.Words;
import hinomi.alertengine.route.MatcherText;
import hinomi.model.Labels;
import hinomi.model.Language;
import hinomi.model.Missing;
import hinomi.model.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ExplainTest {
  private final World world = new World();
  private boolean down;

  @BeforeEach
  void a_tree() throws IOException {
    world.alerting = "interval: 10s";
    world.rules(
        """
        groups:
        - name: g
          rules:
          - {alert: Down, expr: up == 0}
          - {alert: Gone, expr: up == 0, for: 5m}
        """);
    world.onCall(
        """
        people: [{id: sato, name: {ja: 佐藤, en: Sato}, mail: sato@exchange.example}]
        ladders: [{id: default, steps: [{notify: [{person: sato}], wait: 5m}]}]
        """);
    Files.writeString(
        world.folder.resolve("alertmanager.yml"),
        """
        route:
          receiver: default
          group_wait: 30s
          routes:
          - matchers: ['team="db"']
            receiver: db
          - matchers: ['team=~"db|web"']
            receiver: default
        receivers:
        - name: default
        - {name: db, webhook_configs: [{url: 'http://127.0.0.1:9/x'}]}
        """);
    Files.createDirectories(world.folder.resolve("maintenance"));
    Files.writeString(
        world.folder.resolve("maintenance/a.yml"),
        """
        maintenance:
        - name: upgrade
          from: %s
          to: %s
          matchers: ['i="m"']
        """
            .formatted(world.begin, world.begin.plusSeconds(3600)));
    world.answers.put(
        "up == 0",
        at ->
            down
                ? List.of(
                    new Sample(Labels.of("team", "web", "i", "a"), at.toEpochMilli(), 0),
                    new Sample(Labels.of("team", "web", "i", "m"), at.toEpochMilli(), 0))
                : List.of());
  }

  @AfterEach
  void stop() {
    world.close();
  }

  private List<String> said(String matchers, Duration at, Language language) {
    Explanation found =
        world
            .engine()
            .explainer()
            .matching(MatcherText.parse(matchers), world.begin.plus(at), 10)
            .getFirst();
    return new Words(language, world.engine()::nameOf).lines(found);
  }

  @Test
  void who_was_told_and_which_route_led_there_is_said() {
    down = true;
    AlertEngine engine = world.start();
    world.goTo(Duration.ofMinutes(2));
    engine.acknowledge(world.openGroups().getFirst().id(), "Sato", "");
    List<String> said = said("{alertname=\"Down\",i=\"a\"}", Duration.ofMinutes(3), Language.EN);
    assertThat(said.get(1)).contains("it fires").contains("佐藤 was told first");
    assertThat(said)
        .anyMatch(line -> line.contains("the route {}/{team=~\"db|web\"} fits"))
        .anyMatch(line -> line.contains("waits until") && line.contains("group_wait"))
        .anyMatch(line -> line.contains("told 佐藤: first alert"))
        .anyMatch(line -> line.contains("acknowledged by Sato: nobody further up is told"))
        .anyMatch(line -> line.contains("does not fit: team=\"db\""))
        .anyMatch(line -> line.contains("receiver \"default\": 佐藤"));
    assertThat(said("{alertname=\"Down\"}", Duration.ofMinutes(3), Language.JA))
        .anyMatch(line -> line.contains("佐藤に通知: 発生"))
        .anyMatch(line -> line.contains("まで待機（最初の通知までの待機 group_wait）"))
        .noneMatch(line -> line.matches(".*[^_]\\b(first alert|told|waits|fires|until)\\b.*"));
  }

  @Test
  void all_labels_of_an_alert_mean_that_one_alone_and_a_name_means_all_of_it() {
    down = true;
    AlertEngine engine = world.start();
    world.goTo(Duration.ofMinutes(2));
    Instant at = world.begin.plus(Duration.ofMinutes(2));
    List<Explanation> all = engine.explainer().asked("Down", at, 10);
    assertThat(all).hasSize(2);
    assertThat(engine.explainer().asked("{alertname=\"Down\"}", at, 10)).hasSize(2);
    for (Explanation one : all) {
      String labels = one.alert().toString();
      assertThat(engine.explainer().asked(labels, at, 10)).containsExactly(one);
      String fingerprint = "%016x".formatted(one.alert().fingerprint());
      assertThat(engine.explainer().asked(fingerprint, at, 10)).containsExactly(one);
    }
    assertThatThrownBy(() -> engine.explainer().asked("0123456789abcdef", at, 10))
        .isInstanceOf(Missing.class);
  }

  @Test
  void an_alert_that_waits_is_pending_from_when_it_was_first_seen_and_not_before() {
    AlertEngine engine = world.start();
    world.goTo(Duration.ofMinutes(1));
    down = true;
    world.goTo(Duration.ofMinutes(2));
    String gone = "{alertname=\"Gone\",i=\"a\",team=\"web\"}";
    Explanation now =
        engine.explainer().asked(gone, world.begin.plus(Duration.ofMinutes(2)), 10).getFirst();
    assertThat(now.pendingSince())
        .hasValueSatisfying(since -> assertThat(since).isBefore(now.at()));
    Words words = new Words(Language.EN, engine::nameOf);
    assertThat(words.verdict(now)).contains("it was pending");
    Explanation before =
        engine.explainer().asked(gone, world.begin.plus(Duration.ofSeconds(30)), 10).getFirst();
    assertThat(words.verdict(before)).contains("no record that it fired");
  }

  @Test
  void times_are_said_in_the_zone_that_is_asked_for() {
    down = true;
    AlertEngine engine = world.start();
    world.goTo(Duration.ofMinutes(2));
    Instant at = Instant.parse("2026-11-21T18:00:00Z");
    Explanation found = engine.explainer().asked("Down", at, 1).getFirst();
    Words words = new Words(Language.EN, ZoneId.of("Asia/Tokyo"), engine::nameOf);
    assertThat(words.verdict(found)).contains("2026-11-22 03:00:00 JST");
  }

  @Test
  void why_nobody_was_told_is_said() {
    down = true;
    AlertEngine _ = world.start();
    world.goTo(Duration.ofMinutes(2));
    List<String> muted = said("{alertname=\"Down\",i=\"m\"}", Duration.ofMinutes(2), Language.EN);
    assertThat(muted.get(1))
        .contains("it fires")
        .contains("Nobody was told: maintenance upgrade, until");
    assertThat(said("{alertname=\"Down\",i=\"m\"}", Duration.ofMinutes(2), Language.JA).get(1))
        .contains("誰にも通知していません（メンテナンス upgrade、");
    List<String> before = said("{alertname=\"Down\",i=\"a\"}", Duration.ofSeconds(5), Language.EN);
    assertThat(before.get(1)).contains("no record that it fired");
    List<String> never =
        said("{alertname=\"Other\",team=\"db\"}", Duration.ofMinutes(2), Language.JA);
    assertThat(never.get(1)).contains("誰にも通知されていません");
    assertThat(never).anyMatch(line -> line.contains("受信者「db」"));
  }

  @Test
  void decisions_are_kept_for_as_long_as_is_said() {
    world.alerting = "interval: 10s\ndecisions-retention: 2h";
    down = true;
    AlertEngine engine = world.start();
    world.goTo(Duration.ofMinutes(2));
    down = false;
    world.goTo(Duration.ofHours(1));
    String alert = world.events.getFirst().fingerprint();
    assertThat(engine.explainer().of(alert, world.time.now())).isPresent();
    world.goTo(Duration.ofHours(5));
    assertThat(engine.explainer().of(alert, world.time.now())).isEmpty();
  }
}
