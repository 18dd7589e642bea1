package hinomi.promql.evaluate;

import hinomi.model.BadInput;
import hinomi.model.Histogram;
import hinomi.model.Points;
import hinomi.model.Rolled;
import hinomi.model.RolledSelection;
import hinomi.model.Series;
import hinomi.model.StoredSeries;
import hinomi.model.histogram.Histograms;
import hinomi.promql.Sources;
import hinomi.promql.evaluate.Newest.Wanted;
import hinomi.promql.parse.Expr;
import hinomi.promql.parse.Reach;
import hinomi.promql.parse.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Walks a planned expression for one query. Semantics are those of Prometheus 3 (left-open ranges
/// and lookback). A step that cannot be computed as asked (many-to-many matches, a labelset twice)
/// is a [hinomi.model.BadInput] without a place. One thread, which large loops share with
/// [Workers].
public final class Evaluator {
  private final Selection selection;
  private final Budget budget;
  private final Notes notes;
  private final Workers workers;
  private final long subqueryStep;
  private final Naming naming;

  /// What queries take for granted, milliseconds.
  ///
  /// @param lookback how old the sample of an instant selector may be
  /// @param subqueryStep of subqueries that name none
  /// @param delayedNames whether metric names are dropped when the whole query is done
  public record Defaults(long lookback, long subqueryStep, boolean delayedNames) {}

  public Evaluator(
      Sources sources, Budget budget, Notes notes, Workers workers, Defaults defaults) {
    this.selection = new Selection(sources, budget, notes, defaults.lookback());
    this.budget = budget;
    this.notes = notes;
    this.workers = workers;
    this.subqueryStep = defaults.subqueryStep();
    this.naming = new Naming(defaults.delayedNames());
  }

  /// What a whole query comes to: any expression but a range vector.
  public Value answer(Expr expr, Grid grid) {
    budget.check();
    return naming.finished(
        isByRows(expr, grid)
            ? collect(supply(expr, grid), grid, row -> budget.answer(row.numbers()))
            : evaluate(expr, grid));
  }

  /// Whether each row of an expression is made by itself, so that an answer that becomes too large
  /// can be given up before it is.
  private boolean isByRows(Expr expr, Grid grid) {
    return switch (expr) {
      case Expr.Selector _ -> true;
      case Expr.Call call -> Functions.isByRows(new Arguments(this, call, grid));
      case Expr.Binary binary -> Binaries.isByRows(binary);
      default -> false;
    };
  }

  /// Any expression but a range vector.
  Value evaluate(Expr expr, Grid grid) {
    budget.check();
    long before = budget.held();
    Value value = step(expr, grid);
    budget.settle(before, cells(value, grid));
    return value;
  }

  private static long cells(Value value, Grid grid) {
    return switch (value) {
      case Value.Vector vector -> vector.rows().stream().mapToLong(Row::weight).sum();
      case Value.Scalar _ -> grid.count();
      case Value.Text _ -> 0;
    };
  }

  private Value step(Expr expr, Grid grid) {
    return switch (expr) {
      case Expr.NumberLiteral number -> scalar(number.value(), grid);
      case Expr.TextLiteral text -> new Value.Text(text.value());
      case Expr.Selector selector -> collect(selection.seen(selector, grid), grid);
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

  /// The rows of a vector, to be made when they are wanted, and no two with the same labels. What
  /// cannot be computed row by row is computed here and now.
  Supply supply(Expr expr, Grid grid) {
    Supply supply =
        switch (expr) {
          case Expr.Selector selector -> selection.seen(selector, grid);
          case Expr.Paren paren -> supply(paren.inner(), grid);
          case Expr.Call call when Functions.isByRows(new Arguments(this, call, grid)) ->
              Functions.supply(new Arguments(this, call, grid));
          case Expr.Signed signed when signed.minus() -> negated(signed, grid);
          case Expr.Binary binary when Binaries.isByRows(binary) ->
              new Binaries(this, grid).supply(binary);
          default -> new Held(vector(expr, grid).rows(), grid.count());
        };
    return naming.delayed() || supply.isDistinct()
        ? supply
        : new Held(collect(supply, grid).rows(), grid.count());
  }

  /// Makes all rows and keeps them.
  Value.Vector collect(Supply supply, Grid grid) {
    return collect(supply, grid, _ -> {});
  }

  /// @param told of each row, by several threads
  private Value.Vector collect(Supply supply, Grid grid, Consumer<Row> told) {
    if (supply.isFull()) {
      budget.expect(supply.size(), grid.count());
    }
    @Nullable Row[] made = new @Nullable Row[supply.size()];
    new Shares(supply, this)
        .run(
            grid.count(),
            share ->
                share.forEach((i, row) -> {
                  budget.hold(row.weight());
                  Row taken = row.take(naming.of(supply, i));
                  told.accept(taken);
                  made[i] = taken;
                }));
    List<Row> rows = new ArrayList<>(made.length);
    Rows merged = new Rows();
    boolean distinct = naming.delayed() || supply.isDistinct();
    for (Row row : made) {
      if (row != null && distinct) {
        rows.add(row);
      } else if (row != null) {
        merged.add(row);
      }
    }
    return distinct ? new Value.Vector(rows) : merged.vector();
  }

  /// Finds the series of an expression with another treatment of what is known of histograms.
  <T> T with(Told.Hints hints, Supplier<T> expression) {
    Told.Hints before = selection.hints();
    if (before != Told.Hints.STORED_THROUGHOUT) {
      selection.use(hints);
    }
    try {
      return expression.get();
    } finally {
      selection.use(before);
    }
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
          double[] values = scalar(row.values()[0], grid).values();
          Histogram histogram = row.histogram(0);
          @Nullable Histogram[] histograms = null;
          if (histogram != null) {
            histograms = new @Nullable Histogram[grid.count()];
            Arrays.fill(histograms, histogram);
          }
          rows.add(new Row(row.labels(), values, histograms));
        }
        yield new Value.Vector(rows);
      }
    };
  }

  private Value signed(Expr.Signed signed, Grid grid) {
    if (!signed.minus()) {
      return evaluate(signed.inner(), grid);
    }
    if (signed.type() == Type.SCALAR) {
      double[] values = scalar(signed.inner(), grid);
      return new Value.Scalar(Arrays.stream(values).map(value -> -value).toArray());
    }
    return collect(negated(signed, grid), grid);
  }

  private Supply negated(Expr.Signed signed, Grid grid) {
    return new Mapped(
        supply(signed.inner(), grid),
        true,
        _ ->
            (row, _) -> {
              double[] values = row.values();
              for (int i = 0; i < values.length; i++) {
                Histogram histogram = row.histogram(i);
                if (histogram != null) {
                  row.set(i, Histograms.multiplied(histogram, -1));
                } else if (Row.isPresent(values[i])) {
                  values[i] = -values[i];
                }
              }
              return row.doneMixed();
            });
  }

  Value.Vector vector(Expr expr, Grid grid) {
    if (evaluate(expr, grid) instanceof Value.Vector vector) {
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

  /// Since when the samples that a selector finds count, in seconds.
  Supply starts(Expr.Selector selector, Grid grid) {
    return selection.newest(selector, grid, Wanted.START);
  }

  /// The timestamps, in seconds, of the samples that a selector finds.
  Supply timestamps(Expr.Selector selector, Grid grid) {
    return selection.newest(selector, grid, Wanted.SECONDS);
  }

  /// How a range selector looks at its ends.
  Reaching reaching(Expr.RangeSelector range) {
    return selection.reaching(range);
  }

  /// The buckets of a range vector, where they are of use.
  Optional<RolledSelection> rolled(
      Expr.RangeSelector range, Grid grid, Set<Rolled.Column> columns) {
    return selection.rolled(range, grid, columns);
  }

  /// A range vector.
  Ranges ranges(Expr expr, Grid grid) {
    return switch (expr) {
      case Expr.RangeSelector range -> selection.ranges(range, grid);
      case Expr.Subquery subquery -> subquery(subquery, grid);
      case Expr.Once once -> ranges(once.inner(), grid);
      case Expr.Paren paren -> ranges(paren.inner(), grid);
      default -> throw new IllegalStateException("BUG: a range vector was expected");
    };
  }

  /// The inner expression at all multiples of the subquery's step that any step's range covers. It
  /// stays in the budget until the expression around it is done.
  private Ranges subquery(Expr.Subquery subquery, Grid grid) {
    Steps steps = Steps.of(grid, subquery.at(), subquery.offset(), subquery.range());
    long step = subquery.step() == 0 ? subqueryStep : subquery.step();
    long before = steps.firstEnd() - subquery.range();
    // Truncates toward zero also before 1970, as Go's division does.
    long start = step * (before / step);
    if (start <= before) {
      start += step;
    }
    List<Stretch> series = new ArrayList<>();
    if (start <= steps.lastEnd()) {
      Grid inner = Grid.over(start, steps.lastEnd(), step);
      budget.hold(inner.count());
      Value.Vector rows = with(Told.Hints.STORED_THROUGHOUT, () -> vector(subquery.inner(), inner));
      for (Row row : rows.rows()) {
        series.add(new Stretch(row, inner));
      }
    }
    return new Ranges(series, steps);
  }

  /// The samples of a range vector at the one step of an instant query.
  public List<Series> matrix(Expr expr, Grid grid) {
    if (Arguments.bare(expr) instanceof Expr.RangeSelector range
        && range.selector().reach() != Reach.PLAIN) {
      return reached(range, grid);
    }
    Ranges ranges = ranges(expr, grid);
    List<Series> matrix = new ArrayList<>();
    Points points = new Points(0);
    Window window = new Window(ranges.steps(), budget);
    for (StoredSeries series : ranges.series()) {
      budget.check();
      long held = place(series, points, window);
      if (!window.isEmpty()) {
        budget.hold(window.count() + window.histogramCount());
        budget.answer(window.count());
        List<Series.HistogramAt> histograms = new ArrayList<>(window.histogramCount());
        for (int i = 0; i < window.histogramCount(); i++) {
          histograms.add(new Series.HistogramAt(window.histogramTime(i), window.histogram(i)));
        }
        matrix.add(
            new Series(
                naming.finished(series.labels()), window.copyTimes(), window.copy(), histograms));
      }
      budget.release(held);
    }
    return matrix;
  }

  private List<Series> reached(Expr.RangeSelector range, Grid grid) {
    Reaching reaching = reaching(range);
    Ranges ranges = selection.ranges(range, grid);
    List<Series> matrix = new ArrayList<>();
    Points points = new Points(0);
    Window window = new Window(ranges.steps(), budget);
    for (StoredSeries series : ranges.series()) {
      budget.check();
      long held = place(series, points, window);
      if (window.histogramCount() > 0) {
        throw new BadInput(
            range.selector().reach().word() + " modifier is not supported with histograms");
      }
      Points seen = reaching.ends(window);
      if (!seen.isEmpty()) {
        budget.hold(seen.size());
        budget.answer(seen.size());
        long[] times = Arrays.copyOf(seen.timestamps(), seen.size());
        double[] values = Arrays.copyOf(seen.values(), seen.size());
        matrix.add(new Series(naming.finished(series.labels()), times, values));
      }
      budget.release(held);
    }
    return matrix;
  }

  /// Reads a series, looks at it from the first step, and tells what is to be released behind it.
  private long place(StoredSeries series, Points points, Window window) {
    long held = budget.read(series, points);
    window.load(points);
    window.dropMarkers();
    window.place(0);
    return held;
  }

  /// Whether some selector of the expression finds a sample, looked at from the one step of an
  /// instant query.
  public boolean hasData(Expr expr, Grid grid) {
    return new Presence(selection, budget, subqueryStep).of(expr, grid);
  }

  Budget budget() {
    return budget;
  }

  Notes notes() {
    return notes;
  }

  Naming naming() {
    return naming;
  }

  Workers workers() {
    return workers;
  }
}
