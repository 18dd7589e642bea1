package hinomi.metricstore.head;

/// Where a sample goes is seldom in a cache: looking there for some at once lets the processor
/// fetch them side by side instead of waiting for each. Stateless.
final class Ahead {
  /// For how many.
  static final int SAMPLES = 32;

  private Ahead() {}

  static void touch(Head.Group group, int from, int to) {
    int sum = 0;
    for (int i = from; i < to; i++) {
      sum += group.series(i).touch();
    }
    if (sum == Integer.MIN_VALUE) { // else the compiler would leave the reading out
      throw new IllegalStateException("BUG: so few bytes cannot add up to that");
    }
  }
}
