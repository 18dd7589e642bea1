package hinomi.alertengine.explain;

import hinomi.alertengine.journal.Decision;
import hinomi.alertengine.mute.Mute;
import hinomi.model.Labels;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Why an alert was told by a time, and why not.
///
/// @param alert its labels
/// @param fires at that time, as far as is kept
/// @param pendingSince it has been seen but does not fire yet
/// @param decided what was decided about it and its groups, in order, the newest fire only
/// @param routes where the tree sends it, and where not, in the order of the tree
/// @param muted what keeps it from being told at that time, besides the hours of a route
public record Explanation(
    Labels alert,
    Instant at,
    boolean fires,
    Optional<Instant> pendingSince,
    List<Decision> decided,
    List<Considered> routes,
    Optional<Mute> muted) {
  public Explanation {
    decided = List.copyOf(decided);
    routes = List.copyOf(routes);
  }

  /// A route of the tree that was asked.
  ///
  /// @param node its key
  /// @param takes the alert goes there
  /// @param why the matchers that fit; if it does not take it, the first that does not fit, or that
  ///   an earlier route has taken it
  /// @param receiver empty if it does not take it
  /// @param whom who would be told at first, by name
  /// @param hours what keeps the route silent at that time
  public record Considered(
      String node,
      boolean takes,
      Why why,
      String matchers,
      String receiver,
      List<String> whom,
      Optional<Mute> hours) {
    public Considered {
      whom = List.copyOf(whom);
    }
  }

  /// Why a route takes an alert, or does not.
  public enum Why {
    /// All its matchers fit, and no route below it does.
    FITS,
    /// It has no matchers, and no route below it fits.
    REST,
    /// A matcher does not fit.
    NO_MATCH,
    /// An earlier route took it and does not say `continue`.
    TAKEN,
    /// A route below it takes it.
    BELOW
  }
}
