package hinomi.alertengine.silence;

import static hinomi.alertengine.state.Alert.NEVER;

import hinomi.model.Labels;
import hinomi.model.Matcher;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Alerts that fit all matchers are not told from `startsAt` up to `endsAt` (Alertmanager,
/// silence/silence.go). The matchers of an id never change.
///
/// @param matchers at least one of which does not fit the empty text
/// @param updatedAt when it was last changed by somebody
/// @param createdBy who answers for it
/// @param comment why
/// @param marks what the engine has noted about it
public record Silence(
    String id,
    List<Matcher> matchers,
    Instant startsAt,
    Instant endsAt,
    Instant updatedAt,
    String createdBy,
    String comment,
    Map<String, String> annotations,
    Marks marks) {
  /// Where it stands at a time.
  public enum State {
    PENDING,
    ACTIVE,
    EXPIRED
  }

  /// Why it ended before its time, if it did.
  public enum Ending {
    /// It did not, or not yet.
    IN_TIME,
    /// Somebody ended it.
    BY_HAND,
    /// An edit would have changed what has been: another took its place.
    REPLACED,
    /// It matched nothing for long.
    IDLE
  }

  /// What the engine notes about a silence.
  ///
  /// @param matchedAt when something that fired was last under it
  /// @param warnedAt when its owner was told that it is about to end
  /// @param endedBy who ended it by hand; empty where nobody did
  public record Marks(Instant matchedAt, Instant warnedAt, Ending ending, String endedBy) {
    public static final Marks NONE = new Marks(NEVER, NEVER, Ending.IN_TIME, "");

    public Marks {
      endedBy = endedBy == null ? "" : endedBy; // rows of earlier versions have none
    }

    Marks matched(Instant at) {
      return new Marks(at, warnedAt, ending, endedBy);
    }

    Marks warned(Instant at) {
      return new Marks(matchedAt, at, ending, endedBy);
    }

    Marks ended(Ending why, String by) {
      return new Marks(matchedAt, warnedAt, why, by);
    }
  }

  public Silence {
    matchers = List.copyOf(matchers);
    annotations = Map.copyOf(new TreeMap<>(annotations));
  }

  public State state(Instant now) {
    if (now.isBefore(startsAt)) {
      return State.PENDING;
    }
    return now.isBefore(endsAt) ? State.ACTIVE : State.EXPIRED;
  }

  public boolean fits(Labels labels) {
    return Matcher.allMatch(matchers, labels);
  }

  /// The same, over at this time.
  Silence ended(Instant now, Ending why) {
    return ended(now, why, "");
  }

  /// Likewise.
  ///
  /// @param by who ended it; empty where nobody did
  Silence ended(Instant now, Ending why, String by) {
    Instant start = state(now) == State.PENDING ? now : startsAt;
    return new Silence(
        id, matchers, start, now, now, createdBy, comment, annotations, marks.ended(why, by));
  }

  Silence marked(Marks changed) {
    return new Silence(
        id, matchers, startsAt, endsAt, updatedAt, createdBy, comment, annotations, changed);
  }

  /// The matchers as amtool takes them.
  public String matcherText() {
    StringBuilder text = new StringBuilder("{");
    for (Matcher matcher : matchers) {
      text.append(text.length() > 1 ? "," : "").append(matcher);
    }
    return text.append('}').toString();
  }
}
