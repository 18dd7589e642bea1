package hinomi.promql.evaluate;

/// The times at which an expression is evaluated.
///
/// @param start the first, milliseconds since the epoch
/// @param step between two, milliseconds
/// @param count how many, at least one
public record Grid(long start, long step, int count) {
  /// An instant query's.
  public static Grid at(long time) {
    return new Grid(time, 1, 1);
  }

  /// From start to end, both included where the step meets the end.
  public static Grid over(long start, long end, long step) {
    return new Grid(start, step, (int) Math.min(Integer.MAX_VALUE - 8, (end - start) / step + 1));
  }

  public long time(int i) {
    return start + i * step;
  }

  public long last() {
    return time(count - 1);
  }
}
