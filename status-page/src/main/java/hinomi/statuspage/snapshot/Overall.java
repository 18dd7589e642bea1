package hinomi.statuspage.snapshot;

/// What the page says of everything together.
public enum Overall {
  /// Every component was measured and is up; no incident is open.
  UP,
  /// Every component was measured and is up, but an incident is open.
  WATCHING,
  /// Nothing is known to be down, but not everything is known.
  PARTLY_UNKNOWN,
  /// Something is down.
  PARTLY_DOWN,
  /// Everything is down.
  DOWN,
  /// Nothing is known: not measured yet, or the measurements have expired.
  UNKNOWN
}
