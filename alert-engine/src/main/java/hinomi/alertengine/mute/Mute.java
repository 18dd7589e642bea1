package hinomi.alertengine.mute;

import static hinomi.alertengine.state.Alert.NEVER;

import hinomi.model.Labels;
import java.time.Instant;

/// Why an alert is not told though it fires.
public sealed interface Mute {
  /// When the clock alone may change that: then it is judged again.
  /// [hinomi.alertengine.state.Alert#NEVER] where only another alert or a person changes it.
  Instant until();

  /// What mutes it, by the name that people gave it.
  String by();

  /// A person has said so.
  ///
  /// @param id of the silence
  /// @param comment why, in that person's words
  record Silenced(String id, String owner, String comment, Instant until) implements Mute {
    @Override
    public String by() {
      return id;
    }
  }

  /// Another alert says more.
  ///
  /// @param rule name of the inhibition rule
  /// @param source the alert that fires
  record Inhibited(String rule, Labels source) implements Mute {
    @Override
    public Instant until() {
      return NEVER;
    }

    @Override
    public String by() {
      return source.toString();
    }
  }

  /// Something that its component needs has a page that fires.
  ///
  /// @param upstream id of that component
  /// @param source the page
  record CausedBy(String upstream, Labels source, Instant until) implements Mute {
    @Override
    public String by() {
      return source.toString();
    }
  }

  /// The route tells nobody at this time of day.
  ///
  /// @param by name of the time interval
  record MuteTime(String by, Instant until) implements Mute {}

  /// The route tells somebody at other times of day only.
  ///
  /// @param by names of the time intervals in which it does
  record InactiveTime(String by, Instant until) implements Mute {}

  /// Planned work is going on.
  ///
  /// @param by name of the window
  record Maintenance(String by, Instant until) implements Mute {}

  /// Whether it lasts as long as another alert fires.
  default boolean dependsOnAlerts() {
    return this instanceof Inhibited || this instanceof CausedBy;
  }

  /// One word for records, metrics and texts.
  default String word() {
    return switch (this) {
      case Silenced _ -> "silenced";
      case Inhibited _ -> "inhibited";
      case CausedBy _ -> "caused_by";
      case MuteTime _ -> "mute_time";
      case InactiveTime _ -> "inactive_time";
      case Maintenance _ -> "maintenance";
    };
  }
}
