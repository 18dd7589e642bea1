package hinomi.alertengine.state;

/// A step of an alert's life. [#STARTED] and [#DROPPED] concern nobody outside the engine.
public enum Change {
  /// New and pending.
  STARTED,
  /// Pending, and gone before it fired.
  DROPPED,
  FIRED,
  /// Firing, and pending again since its rule's `for` was made longer.
  WITHDRAWN,
  RESOLVED,
  /// Resolved long ago and no longer kept.
  FORGOTTEN,
  /// Firing on without its element, by `keep_firing_for` or for want of data; or no longer so.
  KEPT
}
