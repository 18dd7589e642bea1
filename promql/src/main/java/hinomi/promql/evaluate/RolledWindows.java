package hinomi.promql.evaluate;

import hinomi.model.Labels;
import hinomi.model.Rolled;
import hinomi.model.RolledSelection;
import hinomi.model.RolledSeries;
import hinomi.promql.parse.Expr;
import hinomi.promql.parse.Reach;
import java.util.Optional;

/// A function of windows over all series of a range selector, computed from buckets where the
/// source has them.
final class RolledWindows extends Supply {
  /// Entries in windows between two questions whether to go on.
  private static final long BETWEEN_CHECKS = 1 << 20;

  /// As so many entries of numbers one of histograms counts.
  private static final long HISTOGRAM_COST = 64;

  private final Arguments arguments;
  private final WindowFunction function;
  private final RolledFunction rolled;
  private final RolledSelection found;
  private final Steps steps;

  private RolledWindows(
      Arguments arguments,
      WindowFunction function,
      RolledFunction rolled,
      RolledSelection found,
      Steps steps) {
    this.arguments = arguments;
    this.function = function;
    this.rolled = rolled;
    this.found = found;
    this.steps = steps;
  }

  /// Empty where it has to be computed from samples.
  static Optional<Supply> of(Arguments arguments, int range, WindowFunction function) {
    RolledFunction rolled = RolledFunction.ALL.get(arguments.call().function().name());
    if (rolled == null
        || !(arguments.expr(range) instanceof Expr.RangeSelector selector)
        || selector.selector().reach() != Reach.PLAIN) {
      return Optional.empty();
    }
    return arguments
        .evaluator()
        .rolled(selector, arguments.grid(), rolled.columns())
        .map(found ->
            new RolledWindows(
                arguments,
                function,
                rolled,
                found,
                Steps.of(
                    arguments.grid(),
                    selector.selector().at(),
                    selector.selector().offset(),
                    selector.range())));
  }

  @Override
  int size() {
    return found.series().size();
  }

  @Override
  Labels labels(int i) {
    return found.series().get(i).labels();
  }

  @Override
  boolean dropsMetric() {
    return function.dropsName();
  }

  @Override
  long cost() {
    long cost = 0;
    for (RolledSeries each : found.series()) {
      cost += each.size();
    }
    return cost + (long) size() * steps.count();
  }

  @Override
  Maker maker(Notes notes) {
    Budget budget = arguments.budget();
    Rolled entries = new Rolled(rolled.columns());
    RolledWindow window = new RolledWindow(entries);
    Remarks remarks = new Remarks(notes, arguments.call());
    boolean forCounters =
        remarks.function().equals("rate") || remarks.function().equals("increase");
    return (i, into) -> {
      RolledSeries series = found.series().get(i);
      int size = series.size();
      budget.hold(size);
      entries.clear();
      series.read(entries);
      budget.count((long) entries.size() + entries.histogramCount());
      window.begin();
      remarks.at(series.labels());
      boolean any =
          entries.histogramCount() > 0
              ? mixed(window, remarks, into, budget)
              : into.done(fill(window, into.values(), budget));
      budget.release(size);
      if (any && forCounters) {
        remarks.suspectCounter();
      }
      return any;
    };
  }

  /// @return how many steps have a value
  private int fill(RolledWindow window, double[] into, Budget budget) {
    int present = 0;
    long unchecked = 0;
    for (int step = 0; step < into.length; step++) {
      place(window, step);
      into[step] = window.hasNumbers() ? rolled.numbers().apply(window) : Row.ABSENT;
      present += Row.isPresent(into[step]) ? 1 : 0;
      unchecked = checked(unchecked + window.to() - window.from(), budget);
    }
    return present;
  }

  private boolean mixed(RolledWindow window, Remarks remarks, RowBuffer into, Budget budget) {
    into.clear();
    long unchecked = 0;
    for (int step = 0; step < into.steps(); step++) {
      place(window, step);
      if (window.hasHistograms()) {
        rolled.histograms().apply(window, remarks, into, step);
      } else if (window.hasNumbers()) {
        into.set(step, rolled.numbers().apply(window));
      }
      long entries = (long) window.to() - window.from();
      unchecked = checked(unchecked + entries + HISTOGRAM_COST * window.histogramEntries(), budget);
    }
    return into.doneMixed();
  }

  private void place(RolledWindow window, int step) {
    long end = steps.end(step);
    window.place(end - steps.length(), end);
  }

  private static long checked(long unchecked, Budget budget) {
    if (unchecked <= BETWEEN_CHECKS) {
      return unchecked;
    }
    budget.check();
    return 0;
  }
}
