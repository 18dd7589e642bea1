package hinomi.promql.evaluate;

import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/// A function of windows, in all the ways in which it is computed.
///
/// @param numbers of a window that holds numbers alone
/// @param sweep of all steps of a series of numbers at once; a new one for each worker
/// @param mixed of a window that holds histograms
record WindowFunction(OfNumbers numbers, Supplier<Sweep> sweep, OfMixed mixed, Name name) {
  /// What becomes of the metric's name.
  enum Name {
    KEPT,
    DROPPED
  }

  /// From a window with at least one number and no histogram, and the scalars beside it, to a
  /// value, or to [Row#ABSENT] when the window does not suffice.
  @FunctionalInterface
  interface OfNumbers {
    double apply(Window window, double[] scalars, Remarks remarks);
  }

  /// From a window with at least one histogram to what stands at a step, if anything does.
  @FunctionalInterface
  interface OfMixed {
    void apply(Window window, double[] scalars, Remarks remarks, RowBuffer into, int step);
  }

  /// From a series of numbers to its values at all steps. One thread; may keep room of its own.
  @FunctionalInterface
  interface Sweep {
    /// @param window not yet placed
    /// @param scalars beside the range: by argument, by step
    /// @param into one a step, to be filled altogether
    /// @return how many are present
    int apply(Window window, double[][] scalars, Remarks remarks, double[] into);

    /// Whether it drops staleness markers itself, where it meets any.
    default boolean knowsMarkers() {
      return false;
    }
  }

  /// One that is computed window by window and looks at numbers alone.
  static WindowFunction of(OfNumbers numbers) {
    return new WindowFunction(numbers, () -> stepwise(numbers), ignoring(numbers), Name.DROPPED);
  }

  /// Likewise, without need for the scalars.
  static WindowFunction of(ToDoubleFunction<Window> numbers) {
    return of((window, _, _) -> numbers.applyAsDouble(window));
  }

  WindowFunction with(Supplier<Sweep> other) {
    return new WindowFunction(numbers, other, mixed, name);
  }

  WindowFunction with(OfMixed other) {
    return new WindowFunction(numbers, sweep, other, name);
  }

  WindowFunction keepingName() {
    return new WindowFunction(numbers, sweep, mixed, Name.KEPT);
  }

  private static Sweep stepwise(OfNumbers numbers) {
    return (window, scalars, remarks, into) -> {
      double[] beside = new double[scalars.length];
      int present = 0;
      for (int step = 0; step < into.length; step++) {
        window.place(step);
        into[step] =
            window.count() == 0
                ? Row.ABSENT
                : numbers.apply(window, at(scalars, step, beside), remarks);
        present += Row.isPresent(into[step]) ? 1 : 0;
      }
      return present;
    };
  }

  private static double[] at(double[][] scalars, int step, double[] beside) {
    for (int i = 0; i < beside.length; i++) {
      beside[i] = scalars[i][step];
    }
    return beside;
  }

  /// The numbers count and the histograms do not, which is said where there are both.
  private static OfMixed ignoring(OfNumbers numbers) {
    return (window, scalars, remarks, into, step) -> {
      if (window.count() > 0) {
        remarks.notes().histogramsIgnoredInMixedRange(remarks.metric(), remarks.rangeSpan());
        into.set(step, numbers.apply(window, scalars, remarks));
      }
    };
  }

  /// The values of this function for all series of its range.
  static Supply supply(Arguments arguments, WindowFunction function) {
    int range = 0;
    while (!Ranges.isRange(arguments.expr(range))) {
      range++;
    }
    double[][] scalars = new double[arguments.count() - 1][];
    for (int i = 0; i < scalars.length; i++) {
      scalars[i] = arguments.scalar(i < range ? i : i + 1);
    }
    Optional<Supply> rolled = RolledWindows.of(arguments, range, function);
    if (rolled.isPresent()) {
      return rolled.get();
    }
    WindowFunction asked =
        arguments
            .reaching(range)
            .map(reaching -> reaching.function(arguments.call().function().name(), function))
            .orElse(function);
    return new Windows(arguments, asked, arguments.ranges(range), scalars);
  }

  /// Fills the row of a series that has histograms.
  boolean mixed(Window window, double[][] scalars, Remarks remarks, RowBuffer into) {
    double[] beside = new double[scalars.length];
    into.clear();
    for (int step = 0; step < into.steps(); step++) {
      window.place(step);
      if (window.histogramCount() > 0) {
        mixed.apply(window, at(scalars, step, beside), remarks, into, step);
      } else if (window.count() > 0) {
        into.set(step, numbers.apply(window, at(scalars, step, beside), remarks));
      }
    }
    return into.doneMixed();
  }

  boolean dropsName() {
    return name == Name.DROPPED;
  }
}
