package hinomi.alertengine.silence;

import hinomi.model.BadInput;
import hinomi.model.Matcher;
import hinomi.model.Text;
import hinomi.settings.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Which silences may be, and what an edit does (Alertmanager, silence/silence.go:
/// `validateSilence`, `canUpdate`, `Set`). Ours beyond: an owner, a reason and a longest time.
record SilenceRules(SilenceConfig config) {
  private static final int MAX_MATCHERS = 100;
  private static final int MAX_TEXT = 10_000;

  /// @param before the silence that the draft names
  /// @param freshId for a silence that is not the one before
  Edit judge(Draft draft, Optional<Silence> before, String freshId, Instant now) {
    check(draft, now);
    if (before.isPresent() && mayChange(before.get(), draft, now)) {
      return new Edit.Changed(changed(before.get(), draft, now));
    }
    Instant start = draft.startsAt().isBefore(now) ? now : draft.startsAt();
    Silence fresh = silence(freshId, draft, start, now, Silence.Marks.NONE);
    return before
        .filter(old -> old.state(now) != Silence.State.EXPIRED)
        .<Edit>map(old -> new Edit.Replaced(old.ended(now, Silence.Ending.REPLACED), fresh))
        .orElseGet(() -> new Edit.Created(fresh));
  }

  private static Silence changed(Silence before, Draft draft, Instant now) {
    boolean active = before.state(now) == Silence.State.ACTIVE;
    boolean longer = draft.endsAt().isAfter(before.endsAt());
    Silence.Marks marks = before.marks();
    return silence(
        before.id(),
        draft,
        active ? before.startsAt() : draft.startsAt(),
        now,
        // Whoever makes it longer wants to hear of the new end.
        longer ? marks.warned(Silence.Marks.NONE.warnedAt()) : marks);
  }

  private static Silence silence(
      String id, Draft draft, Instant start, Instant now, Silence.Marks marks) {
    return new Silence(
        id,
        draft.matchers(),
        start,
        draft.endsAt(),
        now,
        draft.createdBy().strip(),
        draft.comment().strip(),
        draft.annotations(),
        marks);
  }

  private static boolean mayChange(Silence before, Draft draft, Instant now) {
    if (!before.matchers().equals(draft.matchers())) {
      return false;
    }
    return switch (before.state(now)) {
      case ACTIVE ->
          before.startsAt().getEpochSecond() == draft.startsAt().getEpochSecond()
              && !draft.endsAt().isBefore(now);
      case PENDING -> !draft.startsAt().isBefore(now);
      case EXPIRED -> false;
    };
  }

  private void check(Draft draft, Instant now) {
    if (!draft.startsAt().isBefore(draft.endsAt())) {
      throw wrong(
          "終了は開始より後でなければなりません", "Failed to create silence: start time must be before end time");
    }
    if (draft.endsAt().isBefore(now)) {
      throw wrong("終了が過去の時刻です", "Failed to create silence: end time can't be in the past");
    }
    check(draft.matchers());
    Instant start = draft.startsAt().isBefore(now) ? now : draft.startsAt();
    Duration length = Duration.between(start, draft.endsAt());
    if (length.compareTo(config.max()) > 0) {
      String wanted = Durations.print(length);
      String longest = Durations.print(config.max());
      throw wrong(
          "長すぎます: %s。最長は%sです (alerting.silence-max)".formatted(wanted, longest),
          "invalid silence: it would last %s; the longest is %s (alerting.silence-max)"
              .formatted(wanted, longest));
    }
    if (config.ownerRequired() && draft.createdBy().isBlank()) {
      throw wrong(
          "責任者の名前が必要です (alerting.silence-owner-required)",
          "invalid silence: createdBy: say who answers for it (alerting.silence-owner-required)");
    }
    if (config.reasonRequired() && draft.comment().isBlank()) {
      throw wrong(
          "理由が必要です (alerting.silence-reason-required)",
          "invalid silence: comment: say why (alerting.silence-reason-required)");
    }
    if (draft.comment().length() > MAX_TEXT || draft.createdBy().length() > MAX_TEXT) {
      throw wrong(
          "名前と理由はそれぞれ" + MAX_TEXT + "文字までです",
          "invalid silence: comment and createdBy have at most " + MAX_TEXT + " characters");
    }
  }

  private static BadInput wrong(String japanese, String english) {
    return new BadInput(new Text(japanese, english), BadInput.NOWHERE);
  }

  /// What no silence may have.
  static void check(List<Matcher> matchers) {
    if (matchers.isEmpty()) {
      throw wrong("条件が少なくとも一つ必要です", "invalid silence: at least one matcher required");
    }
    if (matchers.size() > MAX_MATCHERS) {
      throw wrong(
          "条件は" + MAX_MATCHERS + "個までです", "invalid silence: at most " + MAX_MATCHERS + " matchers");
    }
    if (matchers.stream().allMatch(matcher -> matcher.matches(""))) {
      throw wrong(
          "すべてのアラートを隠すことになります。空の値に一致しない条件が少なくとも一つ必要です",
          "invalid silence: at least one matcher must not match the empty string,"
              + " or it would hide every alert");
    }
  }
}
