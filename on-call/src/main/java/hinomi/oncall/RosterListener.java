package hinomi.oncall;

/// Told after a change to who is on duty is on disk, so that those it concerns can be told. Called
/// on the thread of who made the change; it may throw nothing.
@FunctionalInterface
public interface RosterListener {
  void changed(RosterChange change);
}
