package hinomi.alertengine.silence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hinomi.alertengine.route.MatcherText;
import hinomi.model.BadInput;
import hinomi.settings.Mistakes;
import hinomi.settings.Yaml;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SilenceRulesTest {
  private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  private final SilenceRules rules =
      new SilenceRules(SilenceConfig.from(Yaml.parse("alerting", "{}", new Mistakes())));

  private static Draft draft(String id, String matchers, Duration start, Duration end) {
    return new Draft(
        id, MatcherText.parse(matchers), NOW.plus(start), NOW.plus(end), "sato", "why", Map.of());
  }

  private static Draft draft(Duration start, Duration end) {
    return draft("", "{a=\"b\"}", start, end);
  }

  private Silence standing(Duration start, Duration end, Instant at) {
    return rules.judge(draft(start, end), Optional.empty(), "old", at).after();
  }

  private Edit edit(Silence before, Draft draft) {
    return rules.judge(draft, Optional.of(before), "new", NOW);
  }

  private void refused(Draft draft, String reason) {
    assertThatThrownBy(() -> rules.judge(draft, Optional.empty(), "new", NOW))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining(reason);
  }

  @Test
  void a_silence_never_begins_in_the_past() {
    Silence silence = standing(HOUR.negated(), HOUR, NOW);
    assertThat(silence.startsAt()).isEqualTo(NOW);
    assertThat(silence.state(NOW)).isEqualTo(Silence.State.ACTIVE);
    assertThat(silence.state(NOW.plus(HOUR))).isEqualTo(Silence.State.EXPIRED);
  }

  @Test
  void an_active_silence_gets_another_end_in_place() {
    Silence before = standing(Duration.ZERO, HOUR, NOW);
    Edit edit = edit(before, draft("old", "{a=\"b\"}", Duration.ZERO, HOUR.multipliedBy(3)));
    assertThat(edit).isInstanceOf(Edit.Changed.class);
    assertThat(edit.after().id()).isEqualTo("old");
    assertThat(edit.after().endsAt()).isEqualTo(NOW.plus(HOUR.multipliedBy(3)));
  }

  @Test
  void other_matchers_or_another_beginning_make_another_silence() {
    Silence before = standing(HOUR.negated(), HOUR, NOW.minus(HOUR));
    for (Draft draft :
        new Draft[] {
          draft("old", "{a=\"c\"}", HOUR.negated(), HOUR),
          draft("old", "{a=\"b\"}", HOUR, HOUR.plus(HOUR))
        }) {
      Edit edit = edit(before, draft);
      assertThat(edit).isInstanceOf(Edit.Replaced.class);
      assertThat(edit.after().id()).isEqualTo("new");
      Silence ended = ((Edit.Replaced) edit).before();
      assertThat(ended.endsAt()).isEqualTo(NOW);
      assertThat(ended.startsAt()).isEqualTo(NOW.minus(HOUR));
      assertThat(ended.marks().ending()).isEqualTo(Silence.Ending.REPLACED);
    }
  }

  @Test
  void a_silence_to_come_moves_in_place_as_long_as_it_stays_to_come() {
    Silence before = standing(HOUR, HOUR.plus(HOUR), NOW);
    assertThat(edit(before, draft("old", "{a=\"b\"}", HOUR.dividedBy(2), HOUR)))
        .isInstanceOf(Edit.Changed.class);
    Edit begun = edit(before, draft("old", "{a=\"b\"}", HOUR.negated(), HOUR));
    assertThat(begun).isInstanceOf(Edit.Replaced.class);
    assertThat(((Edit.Replaced) begun).before().state(NOW)).isEqualTo(Silence.State.EXPIRED);
  }

  @Test
  void what_is_over_is_not_brought_back_but_begun_anew() {
    Silence before = standing(HOUR.multipliedBy(-2), HOUR.negated(), NOW.minus(HOUR.plus(HOUR)));
    Edit edit = edit(before, draft("old", "{a=\"b\"}", HOUR.multipliedBy(-2), HOUR));
    assertThat(edit).isInstanceOf(Edit.Created.class);
    assertThat(edit.after().id()).isEqualTo("new");
  }

  @Test
  void what_would_hide_everything_or_nothing_is_refused() {
    refused(draft("", "{a=~\".*\"}", Duration.ZERO, HOUR), "must not match the empty string");
    refused(draft("", "{a=\"\",b!=\"x\"}", Duration.ZERO, HOUR), "must not match the empty string");
    refused(draft("", "{}", Duration.ZERO, HOUR), "at least one matcher");
    refused(draft(HOUR, HOUR), "start time must be before end time");
    refused(draft(HOUR.multipliedBy(-2), HOUR.negated()), "end time can't be in the past");
  }

  @Test
  void a_silence_has_an_owner_a_reason_and_a_longest_time() {
    refused(
        draft(Duration.ZERO, Duration.ofDays(45)),
        "it would last 45d; the longest is 30d (alerting.silence-max)");
    Draft nobodys =
        new Draft("", MatcherText.parse("a=\"b\""), NOW, NOW.plus(HOUR), " ", "why", Map.of());
    refused(nobodys, "createdBy: say who answers for it");
    Draft forNothing =
        new Draft("", MatcherText.parse("a=\"b\""), NOW, NOW.plus(HOUR), "sato", "", Map.of());
    refused(forNothing, "comment: say why");
    SilenceRules lenient =
        new SilenceRules(
            SilenceConfig.from(
                Yaml.parse(
                    "alerting",
                    "{silence-owner-required: false, silence-reason-required: false}",
                    new Mistakes())));
    assertThat(lenient.judge(nobodys, Optional.empty(), "new", NOW).after().createdBy()).isEmpty();
  }
}
