package hinomi.alertengine.backtest;

/// How many slots are asked ahead at once: more while answers are small, fewer when they are large
/// or fail. One thread.
final class Length {
  private static final int FIRST = 240;
  private static final int LONGEST = 10_000;
  private static final int SHORTEST = 8;
  private static final int LARGE = 400_000; // elements
  private static final int SMALL = 50_000;

  private int slots = FIRST;

  int slots() {
    return slots;
  }

  /// @param size elements of the last answer
  void answered(int size) {
    if (size > LARGE) {
      slots = Math.max(SHORTEST, slots / 2);
    } else if (size < SMALL) {
      slots = Math.min(LONGEST, slots * 2);
    }
  }

  /// @param count of slots that were asked for in vain: too much at once, or a mistake at one
  /// @return whether fewer may be asked for
  boolean failed(int count) {
    slots = Math.max(SHORTEST, count / 4);
    return count > SHORTEST;
  }
}
