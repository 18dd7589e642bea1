package hinomi.oncall.change;

import hinomi.oncall.rotation.Span;
import java.time.Instant;

/// A change to a schedule, and how far it has come.
///
/// @param id 0 while it is not kept
/// @param span in which it has its effect, but for what a swap gives in return
/// @param order of coming into force; the later wins where two concern the same time; 0 as long as
///   it is not
/// @param version counts the steps, from 1
/// @param made by whom, when and why
public record Change(
    long id,
    String schedule,
    Span span,
    What what,
    State state,
    long order,
    int version,
    Signature made) {
  /// How far it has come.
  public enum State {
    /// A swap that the partner has not answered.
    PROPOSED,
    /// A swap that both want, and somebody must approve.
    ACCEPTED,
    IN_FORCE,
    DECLINED,
    WITHDRAWN
  }

  /// Who did something, when, and why.
  public record Signature(String who, Instant at, String reason) {}

  /// A new one.
  public Change(String schedule, Span span, What what, Signature made) {
    this(0, schedule, span, what, State.PROPOSED, 0, 0, made);
  }

  /// Whether it has, or had, an effect.
  public boolean counts() {
    return order > 0;
  }

  /// Whether what it says concerns a part of a span.
  public boolean concerns(Span other) {
    return span.overlaps(other)
        || (what instanceof What.Swap swap
            && swap.inReturn().filter(back -> back.overlaps(other)).isPresent());
  }

  Change kept(long newId) {
    return new Change(newId, schedule, span, what, state, order, version, made);
  }

  /// One step further.
  Change in(State next, long newOrder) {
    return new Change(id, schedule, span, what, next, newOrder, version + 1, made);
  }

  /// Without effect from now on. What it has done by then stays as it was, for who was on duty in
  /// the past does not change.
  Change withdrawn(Instant now) {
    Span rest = until(span, now);
    What ended =
        what instanceof What.Swap swap
            ? new What.Swap(
                swap.asks(), swap.partner(), swap.inReturn().map(back -> until(back, now)))
            : what;
    Change next = new Change(id, schedule, rest, ended, state, order, version, made);
    return next.in(State.WITHDRAWN, next.concerns(new Span(Instant.MIN, Instant.MAX)) ? order : 0);
  }

  private static Span until(Span span, Instant end) {
    return end.isBefore(span.from())
        ? new Span(span.from(), span.from())
        : new Span(span.from(), end).within(span);
  }
}
