package hinomi.promql.evaluate;

import hinomi.promql.parse.At;

/// Which range each step of a grid looks at: the samples after `end − length` up to `end`.
///
/// @param firstEnd where the range of the first step ends, milliseconds since the epoch
/// @param stride from there to that of the next step: the grid's step, or 0 where `@` fixes it
/// @param length of each range, milliseconds
record Steps(Grid grid, long firstEnd, long stride, long length) {
  static Steps of(Grid grid, At at, long offset, long length) {
    long stride = at instanceof At.Step ? grid.step() : 0;
    return new Steps(grid, when(at, offset, grid.start()), stride, length);
  }

  /// The time that a selector looks at when evaluated at `now`.
  static long when(At at, long offset, long now) {
    return switch (at) {
      case At.Step _ -> now - offset;
      case At.Fixed fixed -> fixed.millis() - offset;
      case At.Start _, At.End _ ->
          throw new IllegalStateException("BUG: the plan has left @ start() or @ end()");
    };
  }

  int count() {
    return grid.count();
  }

  long end(int step) {
    return firstEnd + step * stride;
  }

  long lastEnd() {
    return end(grid.count() - 1);
  }

  /// Whether most samples lie in the ranges of several steps.
  boolean overlap() {
    return grid.count() > 1 && length > 2 * stride;
  }
}
