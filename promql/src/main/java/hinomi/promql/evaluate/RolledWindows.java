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
    Remarks remarks = new Remarks(notes, arguments.call());
    boolean forCounters =
        remarks.function().equals("rate") || remarks.function().equals("increase");
    return (i, into) -> {
      RolledSeries series = found.series().get(i);
      int size = series.size();
      budget.hold(size);
      entries.clear();
      series.read(entries);
      remarks.at(series.labels());
      boolean any = into.done(fill(entries, into.values(), budget));
      budget.release(size);
      if (any && forCounters) {
        remarks.suspectCounter();
      }
      return any;
    };
  }

  /// @return how many steps have a value
  private int fill(Rolled entries, double[] into, Budget budget) {
    int from = 0;
    int to = 0;
    int present = 0;
    long unchecked = 0;
    for (int step = 0; step < into.length; step++) {
      long end = steps.end(step);
      long start = end - steps.length();
      while (from < entries.size() && entries.end(from) <= start) {
        from++;
      }
      to = Math.max(from, to);
      while (to < entries.size() && entries.end(to) <= end) {
        to++;
      }
      into[step] = from == to ? Row.ABSENT : rolled.numbers().apply(entries, from, to, start, end);
      present += Row.isPresent(into[step]) ? 1 : 0;
      unchecked += to - from;
      if (unchecked > BETWEEN_CHECKS) {
        unchecked = 0;
        budget.check();
      }
    }
    return present;
  }
}
