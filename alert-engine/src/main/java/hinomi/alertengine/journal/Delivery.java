package hinomi.alertengine.journal;

import hinomi.alertengine.group.Notification;
import java.time.Instant;

/// A row of the outbox: one message to one target. Its id is the idempotency key that goes with
/// every attempt.
///
/// @param target `person:ID`, `channel:ID` or `webhook`
/// @param state what was written already claimed begins as sending
/// @param dueAt when to try next; while sending, until when the lease lasts
/// @param attempts begun so far
/// @param originAt the arrival of the samples that caused it
public record Delivery(
    String id,
    String groupId,
    String target,
    State state,
    Instant dueAt,
    int attempts,
    Instant createdAt,
    Instant originAt,
    String traceparent,
    Notification notification) {
  /// The same, taken for the next attempt by one who has until then.
  public Delivery claimed(Instant until) {
    return new Delivery(
        id,
        groupId,
        target,
        State.SENDING,
        until,
        attempts + 1,
        createdAt,
        originAt,
        traceparent,
        notification);
  }

  /// What has become of it.
  public enum State {
    PENDING,
    SENDING,
    SENT,
    /// Refused for good, or tried too often.
    FAILED,
    /// Nobody needs it any more: resolved or acknowledged before it could be sent.
    SUPERSEDED
  }

  /// One try.
  public record Attempt(
      String deliveryId,
      int number,
      Instant startedAt,
      Instant endedAt,
      String outcome,
      String detail) {}
}
