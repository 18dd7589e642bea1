package hinomi.agent.spool;

/// One batch as it lies in the spool. Its payload is handed out as it is, not copied: nobody writes
/// into it.
public final class Batch {
  private final Place place;
  private final int items;
  private final long at;
  private final byte[] payload;

  /// A place in the spool.
  ///
  /// @param segment number of the segment file
  /// @param offset bytes from its beginning, where the batch begins
  /// @param end where the next one begins
  record Place(long segment, long offset, long end) {}

  Batch(Place place, int items, long at, byte[] payload) {
    this.place = place;
    this.items = items;
    this.at = at;
    this.payload = payload;
  }

  Place place() {
    return place;
  }

  /// How many samples or lines are in it.
  public int items() {
    return items;
  }

  /// When it was put in, milliseconds since the epoch.
  public long at() {
    return at;
  }

  /// The body to ship.
  public byte[] payload() {
    return payload;
  }
}
