package hinomi.console;

import hinomi.model.Labels;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Alerts that people are told about as one.
///
/// @param id stable, in links
/// @param state what it is now
/// @param page whether it wakes people
/// @param ladder by which it climbs
/// @param climb how far up that ladder it is
/// @param alerts those that fire, and those that were resolved since people were told last
/// @param deliveries messages about it, oldest first
public record AlertGroup(
    String id,
    State state,
    boolean page,
    String ladder,
    Instant openedAt,
    Optional<Instant> closedAt,
    Climb climb,
    Optional<Acknowledgement> acknowledgement,
    List<Alert> alerts,
    List<Delivery> deliveries) {
  /// Whether somebody has to do something.
  public enum State {
    FIRING,
    ACKNOWLEDGED,
    RESOLVED
  }

  /// Who has taken it on.
  public record Acknowledgement(String by, String note, Instant at) {}

  /// How far up the ladder it is.
  ///
  /// @param steps climbed so far
  /// @param nextStepAt when the next people are told unless somebody acknowledges
  /// @param told everybody who was told, in order: `person:NAME`, `channel:ID`, `webhook`
  public record Climb(int steps, Optional<Instant> nextStepAt, List<String> told) {
    public Climb {
      told = List.copyOf(told);
    }
  }

  /// One alert.
  ///
  /// @param expression of its rule, in PromQL
  /// @param value of the expression when it was last evaluated
  /// @param endsAt when it was resolved
  public record Alert(
      String expression,
      Labels labels,
      Map<String, String> annotations,
      double value,
      Instant startsAt,
      Optional<Instant> endsAt) {
    public Alert {
      annotations = Collections.unmodifiableMap(new TreeMap<>(annotations));
    }

    public boolean isFiring() {
      return endsAt.isEmpty();
    }
  }

  /// A message to one target.
  ///
  /// @param target `person:NAME`, `channel:ID` or `webhook`
  /// @param reason why it was told: a word such as `first_alert`, `escalated`
  /// @param state a word: `pending`, `sending`, `sent`, `failed`, `superseded`
  public record Delivery(
      String target, String reason, String state, Instant createdAt, List<Attempt> attempts) {
    public Delivery {
      attempts = List.copyOf(attempts);
    }
  }

  /// One try to send.
  ///
  /// @param outcome a word, such as `sent`
  /// @param detail what the other side said
  public record Attempt(int number, Instant startedAt, String outcome, String detail) {}

  public AlertGroup {
    alerts = List.copyOf(alerts);
    deliveries = List.copyOf(deliveries);
  }
}
