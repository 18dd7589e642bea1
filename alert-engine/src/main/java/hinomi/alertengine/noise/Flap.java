package hinomi.alertengine.noise;

import static hinomi.alertengine.state.Alert.NEVER;

import hinomi.alertengine.group.Flapping;
import hinomi.alertengine.group.Member;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// How often an alert has changed between firing and resolved of late.
///
/// @param changes their times, the oldest first
/// @param since when it flaps, or [hinomi.alertengine.state.Alert#NEVER]
/// @param latest the alert as it is now
public record Flap(List<Instant> changes, Instant since, Member latest) {
  public Flap {
    changes = List.copyOf(changes);
  }

  /// An alert of which nothing is known but what it has become.
  static Flap first(Member alert, Instant now, NoiseConfig.Flapping terms) {
    List<Instant> began =
        alert.isFiring() || alert.startsAt().isBefore(now.minus(terms.within()))
            ? List.of()
            : List.of(alert.startsAt());
    return new Flap(began, NEVER, alert).changed(alert, now, terms);
  }

  Flap changed(Member alert, Instant now, NoiseConfig.Flapping terms) {
    List<Instant> recent = new ArrayList<>(changes);
    recent.add(now);
    Instant earliest = now.minus(terms.within());
    recent.removeIf(at -> at.isBefore(earliest));
    int spare = recent.size() - terms.changes() - 1;
    List<Instant> kept = spare > 0 ? recent.subList(spare, recent.size()) : recent;
    boolean begins = !isFlapping() && kept.size() > terms.changes();
    return new Flap(kept, begins ? kept.getFirst() : since, alert);
  }

  Flap seen(Member alert) {
    return new Flap(changes, since, alert);
  }

  /// Of the alert: its rule and its fingerprint.
  String key() {
    return latest.key();
  }

  public boolean isFlapping() {
    return !since.equals(NEVER);
  }

  Instant changedAt() {
    return changes.getLast();
  }

  /// The alert as people are told of it while it flaps: it fires, whatever it does just now.
  Member told() {
    return latest.flapping(new Flapping(changes.size(), since, changedAt()));
  }
}
