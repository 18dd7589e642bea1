package hinomi.alertengine.rule;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.alertengine.calendar.TradingCalendars;
import hinomi.alertengine.rule.kind.Language;
import hinomi.model.BadInput;
import hinomi.settings.Mistake;
import hinomi.settings.Mistakes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class WatchTest {
  private static final Vocabulary ANY = new Vocabulary(WatchTest::check, Map.of());

  private static void check(String expression) {
    int bad = expression.indexOf('!');
    if (bad >= 0) {
      throw new BadInput("unexpected \"!\"", bad);
    }
  }

  private static String rule(String hinomi) {
    return """
    groups:
    - name: g
      rules:
      - alert: Slow
        expr: p99 > 0.5
    """
        + hinomi.indent(4);
  }

  private static Watch watch(String hinomi) {
    Mistakes mistakes = new Mistakes();
    AlertRules rules = AlertRules.parse("r.yaml", rule(hinomi), mistakes, ANY);
    mistakes.throwIfAny();
    return ((Rule.Alerting) rules.groups().getFirst().rules().getFirst()).watch();
  }

  private static List<String> mistakes(String hinomi) {
    Mistakes mistakes = new Mistakes();
    AlertRules _ = AlertRules.parse("r.yaml", rule(hinomi), mistakes, ANY);
    return mistakes.all().stream().map(Mistake::toString).toList();
  }

  @Test
  void a_rule_of_prometheus_is_plain() {
    assertThat(watch("")).isEqualTo(Watch.PLAIN);
    assertThat(watch("hinomi: {}")).isEqualTo(Watch.PLAIN);
  }

  @Test
  void what_goes_beyond_prometheus_stands_under_one_key() {
    assertThat(
            watch(
                """
                hinomi:
                  trigger: push
                  recover: p99 > 0.3
                  no-data: {for: 5m, do: page}
                  error: {for: 10m, do: notice}
                  hold-without-data: 2h
                  min-samples: 5
                """))
        .isEqualTo(
            new Watch(
                Watch.Trigger.PUSH,
                "p99 > 0.3",
                new Watch.Unjudged(Duration.ofMinutes(5), Watch.Action.PAGE, Duration.ofDays(1)),
                new Watch.Unjudged(Duration.ofMinutes(10), Watch.Action.NOTICE, Duration.ofDays(1)),
                Optional.of(Duration.ofHours(2)),
                5,
                Optional.empty(),
                Language.PROMQL,
                ""));
  }

  @Test
  void every_mistake_is_told_with_its_place_and_what_may_have_been_meant() {
    assertThat(
            mistakes(
                """
                hinomi:
                  recovr: p99 > 0.3
                  recover: p99 > ! 0.3
                  no-data: {fr: 5m, do: pge}
                  error: {for: 5m, do: hold}
                  min-samples: -1
                  when: {not: maybe}
                """))
        .containsExactly(
            "r.yaml:7:7: recovr: unknown key, did you mean \"recover\"?",
            "r.yaml:8:22: recover: unexpected \"!\"",
            "r.yaml:9:17: fr: unknown key, did you mean \"for\"?",
            "r.yaml:9:29: do: expected one of page, notice, hold, ok, got \"pge\","
                + " did you mean \"page\"?",
            "r.yaml:10:20: for: hold begins at once; how long it lasts is hold-without-data",
            "r.yaml:11:20: min-samples: expected a number from 0 to 2147483647, got -1",
            "r.yaml:12:13: calendar: is missing",
            "r.yaml:12:13: phase: is missing",
            "r.yaml:12:19: not: expected true or false, got \"maybe\"");
  }

  @Test
  void a_recording_rule_has_nothing_to_watch() {
    Mistakes mistakes = new Mistakes();
    AlertRules _ =
        AlertRules.parse(
            "r.yaml",
            """
            groups:
            - name: g
              rules:
              - record: a
                expr: b
                hinomi: {trigger: push}
            """,
            mistakes,
            ANY);
    assertThat(mistakes.all())
        .extracting(Mistake::toString)
        .containsExactly("r.yaml:6:13: hinomi: a recording rule has none");
  }

  @Test
  void a_calendar_and_its_phases_have_to_be_there() {
    Mistakes mistakes = new Mistakes();
    TradingCalendars calendars = TradingCalendars.read(Path.of("../config/calendars"), mistakes);
    AlertRules _ =
        AlertRules.parse(
            "r.yaml",
            """
            groups:
            - name: g
              rules:
              - alert: A
                expr: a
                hinomi: {when: {calendar: jp-equites, phase: [continuous]}}
              - alert: B
                expr: b
                hinomi: {when: {calendar: jp-equities, phase: [lunch, continous], outsid: hold}}
            """,
            mistakes,
            ANY.with(calendars));
    assertThat(mistakes.all())
        .extracting(Mistake::toString)
        .containsExactly(
            "r.yaml:6:31: calendar: no calendar has the id \"jp-equites\","
                + " did you mean \"jp-equities\"?",
            "r.yaml:9:51: phase: jp-equities has no phase \"continous\","
                + " did you mean \"continuous\"?",
            "r.yaml:9:71: outsid: unknown key, did you mean \"outside\"?");
  }

  @Test
  void the_label_that_tells_alerts_apart_is_not_a_rules_to_set() {
    assertThat(
            mistakes(
                """
                labels: {alertstate_reason: x}
                hinomi: {error: {do: page}}
                """))
        .containsExactly(
            "r.yaml:6:33: alertstate_reason: is set by no-data and error, and not to be given");
  }
}
