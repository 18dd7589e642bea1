package hinomi.oncall.notice;

import hinomi.oncall.answer.Duty;
import hinomi.oncall.answer.OnDuty;
import hinomi.oncall.answer.Timeline;
import hinomi.oncall.rotation.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Something to tell somebody about their duty.
///
/// @param at the hand-off
/// @param person who is told
/// @param other who hands over, or who takes over; empty for nobody
public record Notice(String schedule, Kind kind, Instant at, String person, String other) {
  /// What is told.
  public enum Kind {
    BEGINS,
    ENDS
  }

  /// The notices of the hand-offs in a stretch of time: a function of roster, changes and time
  /// alone, so that who asks for each stretch once tells everything once, also after a restart.
  ///
  /// @param after excluded
  /// @param upTo included
  public static List<Notice> due(Timeline timeline, Instant after, Instant upTo) {
    List<Notice> due = new ArrayList<>();
    if (!after.isBefore(upTo)) {
      return due;
    }
    String schedule = timeline.schedule().id();
    String before = timeline.dutyAt(after).person();
    // One nanosecond more, so that a hand-off at the end is in.
    for (Duty duty : timeline.duties(new Span(after, upTo.plusNanos(1)))) {
      if (!duty.person().equals(before)) {
        if (!before.isEmpty()) {
          due.add(new Notice(schedule, Kind.ENDS, duty.from(), before, duty.person()));
        }
        if (!duty.isGap()) {
          due.add(new Notice(schedule, Kind.BEGINS, duty.from(), duty.person(), before));
        }
      }
      before = duty.person();
    }
    return due;
  }

  /// When the present duty ends: when to look again.
  public static Instant next(Timeline timeline, Instant now, Instant latest) {
    OnDuty duty = timeline.at(now);
    return duty.until().filter(until -> until.isBefore(latest)).orElse(latest);
  }
}
