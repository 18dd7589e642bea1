package hinomi.alertengine;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.alertengine.journal.Delivery;
import hinomi.alertengine.route.MatcherText;
import hinomi.alertengine.silence.Draft;
import hinomi.alertengine.silence.Silence;
import hinomi.alertengine.silence.SilenceBook;
import hinomi.alertengine.silence.SilencePreview;
import hinomi.model.Labels;
import hinomi.model.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Silences over an engine in simulated time.
final class SilenceTest {
  private static final Labels DOWN = Labels.of("alertname", "Down", "i", "a", "severity", "page");

  private final World world = new World();
  private boolean down = true;

  @BeforeEach
  void start() throws IOException {
    world.rules(
        """
        groups:
        - name: g
          interval: 5m
          rules:
          - {alert: Down, expr: up == 0, labels: {severity: page}}
        """);
    world.onCall(
        """
        people:
          - {id: sato, name: {ja: 佐藤, en: Sato}, mail: sato@x.example, language: en}
          - {id: suzuki, name: {ja: 鈴木, en: Suzuki}, mail: suzuki@x.example}
        ladders: [{id: default, steps: [{notify: [{person: suzuki}]}]}]
        """);
    world.answers.put(
        "up == 0",
        at -> down ? List.of(new Sample(Labels.of("i", "a"), at.toEpochMilli(), 0)) : List.of());
  }

  @AfterEach
  void close() {
    world.close();
  }

  private SilenceBook book() {
    return world.engine().desk().silences();
  }

  private Silence silence(String matchers, Duration length) {
    return book()
        .set(
            new Draft(
                "",
                MatcherText.parse(matchers),
                world.time.now(),
                world.time.now().plus(length),
                "sato",
                "disk is replaced",
                Map.of()));
  }

  private boolean isSilenced(Labels labels) {
    return book().covering(labels, world.time.now()).isPresent();
  }

  private List<Delivery> notes() {
    return world.deliveries().stream()
        .filter(d -> d.notification().reason().word().equals("note"))
        .toList();
  }

  @Test
  void a_silence_is_there_after_a_restart() {
    Silence silence = silence("{alertname=\"Down\",i=~\"a|b\"}", Duration.ofHours(2));
    world.stop();
    assertThat(book().all()).containsExactly(silence);
    assertThat(isSilenced(DOWN)).isTrue();
    assertThat(isSilenced(DOWN.with("i", "c"))).isFalse();
    world.goTo(Duration.ofHours(2));
    assertThat(isSilenced(DOWN)).isFalse();
  }

  private List<String> told() {
    return world.deliveries().stream()
        .map(d -> d.target() + " " + d.notification().reason().word())
        .toList();
  }

  @Test
  void what_still_fires_when_its_silence_ends_is_told_at_once() {
    Silence byHand = silence("{alertname=\"Down\"}", Duration.ofHours(2));
    world.start();
    world.goTo(Duration.ofMinutes(30));
    assertThat(world.engine().desk().standing().labels()).containsExactly(DOWN);
    assertThat(told()).isEmpty();
    book().expire(byHand.id(), "suzuki");
    assertThat(told()).containsExactly("person:suzuki first_alert");
    down = false;
    world.goTo(Duration.ofMinutes(40));
    assertThat(told()).hasSize(2);
    silence("{alertname=\"Down\"}", Duration.ofMinutes(20));
    down = true;
    world.goTo(Duration.ofMinutes(60).minusMillis(1));
    assertThat(told().stream().filter(told -> told.endsWith("first_alert"))).hasSize(1);
    world.goTo(Duration.ofMinutes(60).plusMillis(1));
    assertThat(told().stream().filter(told -> told.endsWith("first_alert"))).hasSize(2);
  }

  @Test
  void what_ends_under_a_silence_is_never_told() {
    silence("{i=\"a\"}", Duration.ofHours(2));
    world.start();
    world.goTo(Duration.ofMinutes(30));
    down = false;
    world.goTo(Duration.ofHours(3));
    assertThat(told()).isEmpty();
    assertThat(world.openGroups()).isEmpty();
  }

  @Test
  void another_silence_over_it_keeps_it_untold() {
    Silence first = silence("{i=\"a\"}", Duration.ofHours(2));
    silence("{alertname=\"Down\"}", Duration.ofHours(3));
    world.start();
    world.goTo(Duration.ofMinutes(30));
    book().expire(first.id(), "suzuki");
    world.goTo(Duration.ofHours(1).plusMinutes(30));
    assertThat(told()).isEmpty();
  }

  @Test
  void who_is_followed_by_another_silence_hears_nothing() {
    world.start();
    silence("{i=\"a\"}", Duration.ofHours(8));
    silence("{alertname=\"Down\"}", Duration.ofHours(20));
    world.goTo(Duration.ofHours(9));
    assertThat(told()).isEmpty();
  }

  /// alertmanager#3457: a silence of years, expired by hand, stood again months later.
  @Test
  void what_was_ended_by_hand_never_stands_again() {
    world.alerting += "\nsilence-max: 20y";
    world.start();
    Silence ghost = silence("{alertname=\"Down\"}", Duration.ofDays(6_000));
    assertThat(isSilenced(DOWN)).isTrue();
    book().expire(ghost.id(), "suzuki");
    assertThat(isSilenced(DOWN)).isFalse();
    assertThat(book().expire(ghost.id(), "suzuki").marks().ending())
        .isEqualTo(Silence.Ending.BY_HAND);
    world.stop();
    assertThat(isSilenced(DOWN)).isFalse();
    world.goTo(Duration.ofHours(119));
    assertThat(book().find(ghost.id()).orElseThrow().marks().endedBy()).isEqualTo("suzuki");
    world.goTo(Duration.ofHours(121));
    assertThat(book().all()).isEmpty();
    world.stop();
    assertThat(book().all()).isEmpty();
  }

  /// alertmanager#730 and #1639: nobody knew that it would end, or that it still hid something.
  @Test
  void the_owner_hears_an_hour_before_the_end_if_something_is_still_hidden() throws IOException {
    world.start();
    silence("{alertname=\"Down\"}", Duration.ofHours(8));
    silence("{alertname=\"Else\"}", Duration.ofHours(8));
    world.goTo(Duration.ofHours(7).minusMinutes(2));
    assertThat(notes()).isEmpty();
    world.goTo(Duration.ofHours(7).plusMinutes(2));
    world.stop();
    world.start();
    world.goTo(Duration.ofHours(7).plusMinutes(5));
    assertThat(notes()).singleElement().extracting(Delivery::target).isEqualTo("person:sato");
    String mail = Mails.plain(Files.readString(world.mails().getLast()));
    assertThat(mail)
        .contains("{alertname=\"Down\"} ends in ")
        .contains("1 alerts under it still fire")
        .contains("disk is replaced");
  }

  @Test
  void who_makes_it_longer_hears_of_the_new_end() {
    world.start();
    Silence silence = silence("{alertname=\"Down\"}", Duration.ofHours(8));
    world.goTo(Duration.ofHours(7).plusMinutes(2));
    assertThat(notes()).hasSize(1);
    Silence longer =
        book()
            .set(
                new Draft(
                    silence.id(),
                    silence.matchers(),
                    silence.startsAt(),
                    silence.endsAt().plus(Duration.ofHours(8)),
                    "nobody we know",
                    "still",
                    Map.of()));
    assertThat(longer.id()).isEqualTo(silence.id());
    world.goTo(Duration.ofHours(14));
    assertThat(notes()).hasSize(1);
    world.goTo(Duration.ofHours(15).plusMinutes(2));
    assertThat(notes())
        .extracting(Delivery::target)
        .containsExactly("person:sato", "person:suzuki");
  }

  /// alertmanager#5459: silences over alerts that are long gone.
  @Test
  void what_matches_nothing_for_days_is_ended_with_a_word() {
    world.start();
    Silence used = silence("{alertname=\"Down\"}", Duration.ofDays(20));
    Silence idle = silence("{alertname=\"Gone\"}", Duration.ofDays(20));
    world.goTo(Duration.ofDays(6));
    assertThat(notes()).isEmpty();
    world.goTo(Duration.ofDays(7).plusMinutes(2));
    assertThat(book().find(idle.id()).orElseThrow().marks().ending())
        .isEqualTo(Silence.Ending.IDLE);
    assertThat(book().find(used.id()).orElseThrow().state(world.time.now()))
        .isEqualTo(Silence.State.ACTIVE);
    assertThat(notes()).hasSize(1);
    down = false;
    world.goTo(Duration.ofDays(10));
    world.stop();
    world.start();
    world.goTo(Duration.ofDays(13));
    assertThat(book().find(used.id()).orElseThrow().state(world.time.now()))
        .isEqualTo(Silence.State.ACTIVE);
    world.goTo(Duration.ofDays(14).plusHours(2));
    assertThat(book().find(used.id()).orElseThrow().marks().ending())
        .isEqualTo(Silence.Ending.IDLE);
  }

  @Test
  void idleness_can_be_allowed() {
    world.alerting += "\nsilence-idle: 0s";
    world.start();
    silence("{alertname=\"Gone\"}", Duration.ofDays(20));
    world.goTo(Duration.ofDays(8));
    assertThat(isSilenced(Labels.of("alertname", "Gone"))).isTrue();
    assertThat(notes()).isEmpty();
  }

  @Test
  void a_preview_tells_what_it_would_have_hidden() {
    world.start();
    world.goTo(Duration.ofMinutes(10));
    down = false;
    world.goTo(Duration.ofMinutes(20));
    down = true;
    world.goTo(Duration.ofMinutes(30));
    SilencePreview.Result all = preview("{alertname=~\"D.*\"}");
    assertThat(all.firing()).containsExactly(DOWN);
    assertThat(all.groups()).hasSize(2);
    assertThat(all.wholly()).isEqualTo(3); // fired, resolved, fired
    assertThat(all.partly()).isZero();
    assertThat(all.people()).containsExactly("person:suzuki");
    assertThat(all.alerts()).singleElement().extracting(SilencePreview.Past::times).isEqualTo(3);
    assertThat(preview("{i=\"b\"}").wholly()).isZero();
  }

  private SilencePreview.Result preview(String matchers) {
    AlertDesk desk = world.engine().desk();
    return SilencePreview.of(
        MatcherText.parse(matchers), desk.journal(), desk.standing().labels(), world.time.now());
  }

  @Test
  void ten_thousand_alerts_are_judged_against_a_thousand_silences_in_no_time() {
    world.start();
    for (int i = 0; i < 1_000; i++) {
      silence(i % 10 == 0 ? "{i=~\"x" + i + ".*\"}" : "{i=\"h" + i + "\"}", Duration.ofHours(8));
    }
    List<Labels> alerts =
        java.util.stream.IntStream.range(0, 10_000).mapToObj(i -> DOWN.with("i", "h" + i)).toList();
    assertThat(alerts.stream().filter(this::isSilenced)).hasSize(900);
    // Every one of them was held to every regular expression once, and is not again.
    Silence one = silence("{i=\"h5000\"}", Duration.ofHours(8));
    long begun = System.nanoTime();
    assertThat(alerts.stream().filter(this::isSilenced)).hasSize(901);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(1));
    book().expire(one.id(), "suzuki");
    assertThat(alerts.stream().filter(this::isSilenced)).hasSize(900);
  }
}
