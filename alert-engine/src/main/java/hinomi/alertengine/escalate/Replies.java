package hinomi.alertengine.escalate;

import static hinomi.alertengine.state.Alert.NEVER;

import hinomi.alertengine.group.Acknowledgement;
import hinomi.alertengine.group.Climb;
import hinomi.alertengine.group.PageGroup;
import hinomi.alertengine.group.Reason;
import hinomi.alertengine.journal.AlertJournal;
import hinomi.alertengine.journal.Decision;
import hinomi.alertengine.journal.Delivery;
import hinomi.alertengine.journal.GroupChange;
import hinomi.alertengine.storm.Bundled;
import hinomi.alertengine.storm.Gate;
import hinomi.model.Missing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What comes back from those who were told: acknowledgements, of one group or of all that a
/// summary told of, and messages that could not be brought. Under the pager's lock.
///
/// @param reach whom messages reached
record Replies(AlertJournal journal, OpenGroups open, Gate gate, Reach reach) {
  /// An acknowledgement.
  ///
  /// @param round that was meant, of a summary its number; -1 for the present one
  record Word(String group, int round, String by, String note) {}

  /// What an acknowledgement changes.
  ///
  /// @param answer the group as it is after
  /// @param fresh groups that nobody had taken on before
  record Taken(PageGroup answer, List<PageGroup> fresh) {}

  Taken take(Word word, Work work) {
    Optional<PageGroup> known = open.byId(word.group());
    if (known.isEmpty()) {
      PageGroup group =
          journal
              .group(word.group())
              .orElseThrow(() -> new Missing("there is no alert group \"" + word.group() + "\""));
      return group.isSummary() ? all(group, word, work) : new Taken(group, List.of());
    }
    PageGroup group = known.get();
    if (word.round() >= 0 && word.round() != group.climb().round()) {
      throw new Missing("this link is for an earlier page; new alerts have come since");
    }
    if (group.acknowledgement().isGiven()) {
      return new Taken(group, List.of());
    }
    PageGroup acknowledged = one(group, word, work);
    return new Taken(acknowledged, List.of(acknowledged));
  }

  private static PageGroup one(PageGroup group, Word word, Work work) {
    PageGroup acknowledged =
        group.acknowledged(new Acknowledgement(word.by(), word.note(), work.now()));
    work.note(
        Decision.ofGroup(
            work.now(),
            Decision.Kind.ACKNOWLEDGED,
            group.id(),
            "by",
            word.by(),
            "note",
            word.note()));
    work.advance(acknowledged);
    return acknowledged;
  }

  /// Whoever acknowledges a summary takes on all that it told of, and the summaries before it.
  private Taken all(PageGroup summary, Word word, Work work) {
    List<PageGroup> fresh = new ArrayList<>();
    for (Bundled bundled : gate.told(summary.id(), word.round())) {
      open.byId(bundled.group())
          .filter(group -> group.climb().round() == bundled.round())
          .filter(group -> !group.acknowledgement().isGiven())
          .ifPresent(group -> fresh.add(one(group, word, work)));
    }
    PageGroup acknowledged =
        summary.acknowledged(new Acknowledgement(word.by(), word.note(), work.now()));
    if (word.round() < 0 || word.round() == summary.climb().round()) {
      work.also(GroupChange.of(acknowledged));
    }
    return new Taken(acknowledged, fresh);
  }

  /// Whether anybody still needs a message.
  boolean isWanted(Delivery delivery) {
    Reason reason = delivery.notification().reason();
    return switch (reason) {
      case RESOLVED, NOTE, STORM_OVER -> true;
      case STORM -> gate.isNewest(delivery.groupId(), delivery.notification().step());
      // A first page that was late is still told, so that nobody wonders what was resolved.
      case FIRST_ALERT, NEW_ALERTS, FLAPPING, STEADY, ESCALATED, REMINDER, PARTLY_RESOLVED ->
          open.byId(delivery.groupId())
              .filter(group -> !(group.acknowledgement().isGiven() && reason == Reason.ESCALATED))
              .isPresent();
    };
  }

  /// The groups, as they are after, of which the next step is due now since nobody could be told.
  List<PageGroup> unreachable(Delivery delivery, Instant now) {
    if (delivery.notification().reason().isSummary()) {
      return gate.bundle(delivery.groupId()).stream()
          .flatMap(bundled -> climbing(bundled.group()).stream())
          .map(group -> steppingNow(group, now))
          .toList();
    }
    return climbing(delivery.groupId())
        .filter(group -> delivery.notification().step() == group.climb().step() - 1)
        .filter(_ -> !reach.somebodyElse(delivery))
        .map(group -> steppingNow(group, now))
        .stream()
        .toList();
  }

  private Optional<PageGroup> climbing(String id) {
    return open.byId(id)
        .filter(group -> !group.acknowledgement().isGiven())
        .filter(group -> !group.climb().stepAt().equals(NEVER));
  }

  private static PageGroup steppingNow(PageGroup group, Instant now) {
    Climb climb = group.climb();
    return group.climbing(
        new Climb(climb.round(), climb.step(), now, climb.remindAt(), climb.reached()));
  }
}
