package hinomi.promql.evaluate;

import hinomi.model.Series;
import hinomi.promql.SeriesSource;
import hinomi.promql.parse.Expr;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Walks a planned expression for one query. Semantics are those of Prometheus 3 (left-open ranges
/// and lookback). A step that cannot be computed as asked (many-to-many matches, a labelset twice)
/// is a [hinomi.model.BadInput] without a place. One thread.
public final class Evaluator {
  private final Selection selection;
  private final Budget budget;
  private final Notes notes;
  private final long subqueryStep;

  /// @param lookback and `subqueryStep` in milliseconds
  public Evaluator(
      SeriesSource source, Budget budget, Notes notes, long lookback, long subqueryStep) {
    this.selection = new Selection(source, budget, lookback);
    this.budget = budget;
    this.notes = notes;
    this.subqueryStep = subqueryStep;
  }

  /// Any expression but a range vector.
  public Value evaluate(Expr expr, Grid grid) {
    budget.check();
    long before = budget.held();
    Value value = step(expr, grid);
    budget.settle(before, cells(value, grid));
    return value;
  }

  private static long cells(Value value, Grid grid) {
    return switch (value) {
      case Value.Vector vector -> (long) vector.rows().size() * grid.count();
      case Value.Scalar _ -> grid.count();
      case Value.Text _ -> 0;
    };
  }

  private Value step(Expr expr, Grid grid) {
    return switch (expr) {
      case Expr.NumberLiteral number -> scalar(number.value(), grid);
      case Expr.TextLiteral text -> new Value.Text(text.value());
      case Expr.Selector selector -> selection.instant(selector, grid, Selection.Wanted.VALUE);
      case Expr.Paren paren -> evaluate(paren.inner(), grid);
      case Expr.Once once -> repeated(evaluate(once.inner(), Grid.at(grid.start())), grid);
      case Expr.Signed signed -> signed(signed, grid);
      case Expr.Aggregate aggregate -> new Aggregates(this, grid).evaluate(aggregate);
      case Expr.Binary binary -> new Binaries(this, grid).evaluate(binary);
      case Expr.Call call -> Functions.call(new Arguments(this, call, grid));
      case Expr.RangeSelector _, Expr.Subquery _ ->
          throw new IllegalStateException("BUG: a range vector stands where none may");
    };
  }

  private Value.Scalar scalar(double value, Grid grid) {
    budget.hold(grid.count());
    double[] values = new double[grid.count()];
    Arrays.fill(values, value);
    return new Value.Scalar(values);
  }

  private Value repeated(Value once, Grid grid) {
    if (grid.count() == 1) {
      return once;
    }
    return switch (once) {
      case Value.Text text -> text;
      case Value.Scalar scalar -> scalar(scalar.values()[0], grid);
      case Value.Vector vector -> {
        List<Row> rows = new ArrayList<>();
        for (Row row : vector.rows()) {
          rows.add(new Row(row.labels(), scalar(row.values()[0], grid).values()));
        }
        yield new Value.Vector(rows);
      }
    };
  }

  private Value signed(Expr.Signed signed, Grid grid) {
    Value inner = evaluate(signed.inner(), grid);
    if (!signed.minus()) {
      return inner;
    }
    if (inner instanceof Value.Scalar scalar) {
      return new Value.Scalar(Arrays.stream(scalar.values()).map(value -> -value).toArray());
    }
    Rows rows = new Rows();
    for (Row row : vector(inner).rows()) {
      double[] values = new double[grid.count()];
      for (int i = 0; i < values.length; i++) {
        double value = row.values()[i];
        values[i] = Row.isAbsent(value) ? value : -value;
      }
      rows.add(Rows.withoutMetric(row.labels()), values);
    }
    return rows.vector();
  }

  Value.Vector vector(Expr expr, Grid grid) {
    return vector(evaluate(expr, grid));
  }

  private static Value.Vector vector(Value value) {
    if (value instanceof Value.Vector vector) {
      return vector;
    }
    throw new IllegalStateException("BUG: the type check let something else than a vector pass");
  }

  double[] scalar(Expr expr, Grid grid) {
    if (evaluate(expr, grid) instanceof Value.Scalar scalar) {
      return scalar.values();
    }
    throw new IllegalStateException("BUG: the type check let something else than a scalar pass");
  }

  /// The timestamps, in seconds, of the samples that a selector finds.
  Value.Vector timestamps(Expr.Selector selector, Grid grid) {
    return selection.instant(selector, grid, Selection.Wanted.SECONDS);
  }

  /// A range vector. It stays in the budget until the expression around it is done.
  Ranges ranges(Expr expr, Grid grid) {
    return switch (expr) {
      case Expr.RangeSelector range -> selection.ranges(range, grid);
      case Expr.Subquery subquery -> subquery(subquery, grid);
      case Expr.Once once -> ranges(once.inner(), grid);
      case Expr.Paren paren -> ranges(paren.inner(), grid);
      default -> throw new IllegalStateException("BUG: a range vector was expected");
    };
  }

  /// The inner expression at all multiples of the subquery's step that any step's range covers.
  private Ranges subquery(Expr.Subquery subquery, Grid grid) {
    long step = subquery.step() == 0 ? subqueryStep : subquery.step();
    long before = Ranges.when(subquery.at(), subquery.offset(), grid.start()) - subquery.range();
    long end = Ranges.when(subquery.at(), subquery.offset(), grid.last());
    // Truncates toward zero also before 1970, as Go's division does.
    long start = step * (before / step);
    if (start <= before) {
      start += step;
    }
    List<Ranges.Track> tracks = new ArrayList<>();
    if (start <= end) {
      Grid inner = Grid.over(start, end, step);
      budget.hold(inner.count());
      for (Row row : vector(subquery.inner(), inner).rows()) {
        tracks.add(track(row, inner));
      }
    }
    return new Ranges(tracks, subquery.range(), subquery.at(), subquery.offset());
  }

  private Ranges.Track track(Row row, Grid grid) {
    budget.check();
    int size = row.present();
    long[] times = new long[size];
    double[] values = new double[size];
    int at = 0;
    for (int i = 0; i < grid.count(); i++) {
      if (Row.isPresent(row.values()[i])) {
        times[at] = grid.time(i);
        values[at++] = row.values()[i];
      }
    }
    return new Ranges.Track(row.labels(), times, values, size);
  }

  /// The samples of a range vector at the one step of an instant query.
  public List<Series> matrix(Expr expr, Grid grid) {
    Ranges ranges = ranges(expr, grid);
    List<Series> matrix = new ArrayList<>();
    for (Ranges.Track track : ranges.series()) {
      Window window = track.window();
      ranges.place(window, grid, 0);
      if (window.count() > 0) {
        matrix.add(new Series(track.labels(), window.copyTimes(), window.copy()));
      }
    }
    return matrix;
  }

  /// Whether some selector of the expression finds a sample, looked at from the one step of an
  /// instant query; those inside subqueries are looked at over the subquery's range.
  public boolean hasData(Expr expr, Grid grid) {
    return switch (expr) {
      case Expr.Selector selector ->
          !selection.instant(selector, grid, Selection.Wanted.VALUE).rows().isEmpty();
      case Expr.RangeSelector range -> isAnyIn(selection.ranges(range, grid), grid);
      case Expr.Subquery q -> {
        long end = Ranges.when(q.at(), q.offset(), grid.last());
        long step = q.step() == 0 ? subqueryStep : q.step();
        yield hasData(q.inner(), Grid.over(end - q.range() + 1, end, Math.min(step, q.range())));
      }
      default -> expr.parts().stream().anyMatch(part -> hasData(part, grid));
    };
  }

  private static boolean isAnyIn(Ranges ranges, Grid grid) {
    for (Ranges.Track track : ranges.series()) {
      Window window = track.window();
      for (int step = 0; step < grid.count(); step++) {
        ranges.place(window, grid, step);
        if (window.count() > 0) {
          return true;
        }
      }
    }
    return false;
  }

  Budget budget() {
    return budget;
  }

  Notes notes() {
    return notes;
  }
}
