package hinomi.server;

import hinomi.alertengine.AlertEngine;
import hinomi.alertengine.route.MatcherText;
import hinomi.alertengine.silence.Draft;
import hinomi.alertengine.silence.SilenceBook;
import hinomi.alertengine.silence.SilencePreview;
import hinomi.alertengine.state.Alert;
import hinomi.console.ConsolePorts;
import hinomi.console.Silence;
import hinomi.console.SilenceDraft;
import hinomi.model.Labels;
import hinomi.model.Missing;
import hinomi.model.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What the console asks about silences, and does to them.
final class SilenceJoints {
  private final AlertEngine alerts;
  private final Duration longest;

  /// @param longest how long a silence may last
  SilenceJoints(AlertEngine alerts, Duration longest) {
    this.alerts = alerts;
    this.longest = longest;
  }

  ConsolePorts.Silencing ports() {
    return new ConsolePorts.Silencing(this::all, this::preview, this::set, this::end, longest);
  }

  /// That of the configuration in force.
  private SilenceBook book() {
    return alerts.desk().silences();
  }

  private Instant now() {
    return alerts.desk().time().now();
  }

  private List<Silence> all() {
    Instant now = now();
    Map<String, Integer> hides = new HashMap<>();
    for (Labels firing : alerts.desk().standing().labels()) {
      book().over(firing, now).forEach(silence -> hides.merge(silence.id(), 1, Integer::sum));
    }
    return book().all().stream()
        .map(silence -> silence(silence, hides.getOrDefault(silence.id(), 0), now))
        .toList();
  }

  private static Silence silence(
      hinomi.alertengine.silence.Silence silence, int hides, Instant now) {
    return new Silence(
        silence.id(),
        switch (silence.state(now)) {
          case ACTIVE -> Silence.State.ACTIVE;
          case PENDING -> Silence.State.UPCOMING;
          case EXPIRED -> Silence.State.EXPIRED;
        },
        silence.matcherText(),
        silence.createdBy(),
        silence.comment(),
        silence.startsAt(),
        silence.endsAt(),
        silence.marks().ending().name().toLowerCase(Locale.ROOT),
        silence.marks().endedBy(),
        Optional.of(silence.marks().matchedAt()).filter(at -> !at.equals(Alert.NEVER)),
        hides);
  }

  private hinomi.console.SilencePreview preview(String matchers) {
    SilencePreview.Result found =
        SilencePreview.of(
            MatcherText.parse(matchers),
            alerts.journal(),
            alerts.desk().standing().labels(),
            now());
    return new hinomi.console.SilencePreview(
        found.from(),
        found.complete(),
        found.firing(),
        found.alerts().stream()
            .map(past ->
                new hinomi.console.SilencePreview.Past(
                    past.labels(), past.times(), past.first(), past.last()))
            .toList(),
        found.groups().size(),
        Math.toIntExact(found.groups().stream().filter(SilencePreview.Hidden::page).count()),
        found.wholly(),
        found.partly(),
        found.people().stream().map(alerts::nameOf).distinct().toList());
  }

  private void set(SilenceDraft draft) {
    Instant now = now();
    Optional<hinomi.alertengine.silence.Silence> before =
        Optional.of(draft.id()).filter(id -> !id.isEmpty()).flatMap(known -> book().find(known));
    if (!draft.id().isEmpty() && before.isEmpty()) {
      throw new Missing(new Text("このサイレンスはもう保存されていません", "this silence is not kept any more"));
    }
    Instant start =
        draft
            .startsAt()
            .orElseGet(() ->
                before
                    .filter(
                        old -> old.state(now) == hinomi.alertengine.silence.Silence.State.ACTIVE)
                    .map(hinomi.alertengine.silence.Silence::startsAt)
                    .orElse(now));
    Instant from = start.isBefore(now) ? now : start;
    hinomi.alertengine.silence.Silence _ =
        book()
            .set(
                new Draft(
                    draft.id(),
                    MatcherText.parse(draft.matchers()),
                    start,
                    from.plus(draft.length()),
                    draft.owner(),
                    draft.comment(),
                    before.map(hinomi.alertengine.silence.Silence::annotations).orElse(Map.of())));
  }

  private void end(String id, String by) {
    hinomi.alertengine.silence.Silence _ = book().expire(id, by);
  }
}
