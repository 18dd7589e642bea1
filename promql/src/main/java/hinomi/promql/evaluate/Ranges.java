package hinomi.promql.evaluate;

import hinomi.model.Labels;
import hinomi.promql.parse.At;
import hinomi.promql.parse.Expr;
import java.util.List;

/// A range vector over all steps: the series, and which range each step looks at.
///
/// @param series without staleness markers
/// @param length of the range, milliseconds
record Ranges(List<Track> series, long length, At at, long offset) {
  /// The samples of one series.
  ///
  /// @param size how many of the arrays' elements count
  @SuppressWarnings("ArrayRecordComponent") // a value of a hot path; never compared
  record Track(Labels labels, long[] times, double[] values, int size) {
    Window window() {
      return new Window(times, values, size);
    }
  }

  /// Puts a window where a step wants it.
  void place(Window window, Grid grid, int step) {
    long end = when(at, offset, grid.time(step));
    window.move(end - length, end, grid.time(step));
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

  static boolean isRange(Expr expr) {
    return expr instanceof Expr.RangeSelector || expr instanceof Expr.Subquery;
  }
}
