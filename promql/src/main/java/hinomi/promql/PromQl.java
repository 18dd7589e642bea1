package hinomi.promql;

import hinomi.model.BadInput;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.model.Sample;
import hinomi.model.Series;
import hinomi.model.Time;
import hinomi.model.Unavailable;
import hinomi.promql.evaluate.Budget;
import hinomi.promql.evaluate.Evaluator;
import hinomi.promql.evaluate.Grid;
import hinomi.promql.evaluate.Notes;
import hinomi.promql.evaluate.Row;
import hinomi.promql.evaluate.Value;
import hinomi.promql.parse.Expr;
import hinomi.promql.parse.Parser;
import hinomi.promql.parse.Printer;
import hinomi.promql.parse.Span;
import hinomi.promql.parse.Trees;
import hinomi.promql.parse.Type;
import hinomi.promql.plan.Planner;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Answers PromQL over a [SeriesSource], with the semantics of Prometheus 3. For any threads; each
/// call works on its caller's thread, may block on the source, and waits for its turn when
/// [PromQlConfig#concurrency] others are at work.
///
/// What the user got wrong is a [BadInput], with a place when it is the text that is wrong and
/// without one when it is what the data made of it; too much data is an [hinomi.model.OverLimit];
/// too long, or too many waiting, is [Unavailable].
public final class PromQl {
  private final PromQlConfig config;
  private final SeriesSource source;
  private final Time time;
  private final Semaphore turns;
  private final Timer duration;
  private final DistributionSummary samples;
  private final Counter refused;

  public PromQl(PromQlConfig config, SeriesSource source, Time time, MeterRegistry registry) {
    this.config = config;
    this.source = source;
    this.time = time;
    this.turns = new Semaphore(config.concurrency(), true);
    this.duration = registry.timer("hinomi.promql.query");
    this.samples = registry.summary("hinomi.promql.query.peak.samples");
    this.refused = registry.counter("hinomi.promql.refused", "reason", "too many waiting");
    registry.gauge("hinomi.promql.waiting", turns, Semaphore::getQueueLength);
  }

  /// What one query may ask to be different.
  ///
  /// @param timeout only shorter than the configured one
  /// @param lookback instead of the configured one
  public record Options(Duration timeout, Duration lookback) {}

  /// The configured options.
  public Options options() {
    return new Options(config.timeout(), config.lookback());
  }

  /// The answer at one time.
  public Answer instant(String expression, Instant at) {
    return instant(expression, at, options());
  }

  /// The answer at one time, with the options of this one query.
  public Answer instant(String expression, Instant at, Options options) {
    Expr expr = parse(expression);
    long now = at.toEpochMilli();
    Expr planned = Planner.plan(expr, now);
    Notes notes = new Notes(expression);
    return inTurn(
        notes,
        options,
        evaluator -> {
          Grid grid = Grid.at(now);
          if (expr.type() == Type.RANGE) {
            return matrix(evaluator.matrix(planned, grid), notes);
          }
          return switch (evaluator.evaluate(planned, grid)) {
            case Value.Scalar scalar ->
                new Answer.Scalar(now, scalar.values()[0], notes.warnings(), notes.infos());
            case Value.Text text ->
                new Answer.Text(now, text.text(), notes.warnings(), notes.infos());
            case Value.Vector vector ->
                new Answer.Vector(samples(vector, now), notes.warnings(), notes.infos());
          };
        });
  }

  private static List<Sample> samples(Value.Vector vector, long now) {
    List<Sample> samples = new ArrayList<>(vector.rows().size());
    for (Row row : vector.rows()) {
      if (!Row.isAbsent(row.values()[0])) {
        samples.add(new Sample(row.labels(), now, row.values()[0]));
      }
    }
    return samples;
  }

  /// The answers at `start`, then every `step` up to and including `end`: always a matrix.
  public Answer range(String expression, Instant start, Instant end, Duration step) {
    return range(expression, start, end, step, options());
  }

  /// Likewise, with the options of this one query.
  public Answer range(
      String expression, Instant start, Instant end, Duration step, Options options) {
    Expr expr = rangeable(expression);
    long from = start.toEpochMilli();
    long to = end.toEpochMilli();
    refuseBadSteps(from, to, step.toMillis());
    Grid grid = Grid.over(from, to, step.toMillis());
    Expr planned = Planner.plan(expr, from, to, step.toMillis());
    Notes notes = new Notes(expression);
    return inTurn(
        notes,
        options,
        evaluator -> matrix(series(evaluator.evaluate(planned, grid), grid), notes));
  }

  private void refuseBadSteps(long from, long to, long step) {
    if (to < from) {
      throw new BadInput("end timestamp must not be before start time", 0);
    }
    if (step <= 0) {
      throw new BadInput(
          "zero or negative query resolution step widths are not accepted. Try a positive integer",
          0);
    }
    if ((to - from) / step > config.maxPoints()) {
      throw new BadInput(
          "exceeded maximum resolution of "
              + String.format("%,d", config.maxPoints())
              + " points per timeseries. Try decreasing the query resolution (?step=XX)",
          0);
    }
  }

  private static List<Series> series(Value value, Grid grid) {
    List<Series> all = new ArrayList<>();
    switch (value) {
      case Value.Scalar scalar -> all.add(series(new Row(Labels.EMPTY, scalar.values()), grid));
      case Value.Vector vector -> {
        for (Row row : vector.rows()) {
          Series series = series(row, grid);
          if (series.size() > 0) {
            all.add(series);
          }
        }
      }
      case Value.Text _ -> throw new IllegalStateException("BUG: a text over a range");
    }
    return all;
  }

  private static Series series(Row row, Grid grid) {
    int size = 0;
    for (double value : row.values()) {
      size += Row.isAbsent(value) ? 0 : 1;
    }
    long[] times = new long[size];
    double[] values = new double[size];
    int at = 0;
    for (int i = 0; i < grid.count(); i++) {
      if (!Row.isAbsent(row.values()[i])) {
        times[at] = grid.time(i);
        values[at++] = row.values()[i];
      }
    }
    return new Series(row.labels(), times, values);
  }

  private static Answer matrix(List<Series> series, Notes notes) {
    List<Series> sorted = new ArrayList<>(series);
    sorted.sort(Comparator.comparing(Series::labels));
    return new Answer.Matrix(sorted, notes.warnings(), notes.infos());
  }

  /// The elements at one time; a scalar becomes one without labels. A text or a range vector is a
  /// [BadInput].
  public List<Sample> vector(String expression, Instant at) {
    return switch (instant(expression, at)) {
      case Answer.Vector vector -> vector.samples();
      case Answer.Scalar scalar ->
          List.of(new Sample(Labels.EMPTY, scalar.timestamp(), scalar.value()));
      case Answer.Matrix _, Answer.Text _ ->
          throw new BadInput("rule result is not a vector or scalar", 0);
    };
  }

  /// Whether any selector of the expression finds a sample, which tells "the condition is false"
  /// from "there is no data". An expression without selectors needs none and always has data.
  public boolean hasData(String expression, Instant at) {
    long now = at.toEpochMilli();
    Expr planned = Planner.plan(parse(expression), now);
    return !hasSelector(planned)
        || inTurn(
            new Notes(expression),
            options(),
            evaluator -> evaluator.hasData(planned, Grid.at(now)));
  }

  private static boolean hasSelector(Expr expr) {
    return expr instanceof Expr.Selector || expr.parts().stream().anyMatch(PromQl::hasSelector);
  }

  /// The metric names that the selectors of an expression name, so that it can be known which
  /// samples touch it. Empty when a selector names none, for then any sample may.
  public static Set<String> metricNames(String expression) {
    Set<String> names = new TreeSet<>();
    return namesOf(parse(expression), names) ? names : Set.of();
  }

  private static boolean namesOf(Expr expr, Set<String> names) {
    if (expr instanceof Expr.Selector selector) {
      Optional<String> name =
          selector.matchers().stream()
              .filter(matcher -> matcher.name().equals(Labels.NAME))
              .filter(matcher -> matcher.kind() == Matcher.Kind.EQUAL)
              .map(Matcher::value)
              .findFirst()
              .or(() -> Optional.of(selector.name()).filter(text -> !text.isEmpty()));
      name.ifPresent(names::add);
      return name.isPresent();
    }
    return expr.parts().stream().allMatch(part -> namesOf(part, names));
  }

  /// Refuses an expression that does not parse: a [BadInput] with the offset of the mistake and a
  /// message like `1:9: parse error: unexpected end of input`.
  public static void check(String expression) {
    parse(expression);
  }

  /// Likewise, and refuses what has no answer over a range: texts and range vectors.
  public static void checkRange(String expression) {
    rangeable(expression);
  }

  private static Expr rangeable(String expression) {
    Expr expr = parse(expression);
    if (expr.type() == Type.RANGE || expr.type() == Type.TEXT) {
      throw new BadInput(
          "invalid expression type \""
              + expr.type().documented()
              + "\" for range query, must be Scalar or instant Vector",
          expr.span().start());
    }
    return expr;
  }

  /// The matchers of a selector that stands alone, such as `up{job="node"}`.
  public static List<Matcher> matchers(String selector) {
    try {
      return Parser.selector(selector).matchers();
    } catch (BadInput e) {
      throw placed(selector, e);
    }
  }

  /// The expression in its canonical form.
  public static String format(String expression) {
    return Printer.print(parse(expression));
  }

  /// The expression as a tree, in the shape of Prometheus' `parse_query`; values may be null.
  public static Map<String, @Nullable Object> tree(String expression) {
    return Trees.of(parse(expression));
  }

  private static Expr parse(String expression) {
    try {
      return Parser.parse(expression);
    } catch (BadInput e) {
      throw placed(expression, e);
    }
  }

  private static BadInput placed(String expression, BadInput e) {
    return new BadInput(
        Span.place(expression, e.offset()) + ": parse error: " + e.reason(), e.offset());
  }

  private <T> T inTurn(Notes notes, Options options, Function<Evaluator, T> work) {
    long begin = time.nanos();
    Duration allowed =
        options.timeout().compareTo(config.timeout()) < 0 ? options.timeout() : config.timeout();
    waitForTurn(allowed);
    try {
      Budget budget = new Budget(config.maxSamples(), time, begin + allowed.toNanos());
      Evaluator evaluator =
          new Evaluator(
              source,
              budget,
              notes,
              options.lookback().toMillis(),
              config.subqueryStep().toMillis());
      try {
        return work.apply(evaluator);
      } finally {
        samples.record((double) budget.peak());
      }
    } finally {
      turns.release();
      duration.record(time.nanos() - begin, TimeUnit.NANOSECONDS);
    }
  }

  private void waitForTurn(Duration allowed) {
    if (turns.tryAcquire()) {
      return;
    }
    if (turns.getQueueLength() >= config.waiting()) {
      refused.increment();
      throw new Unavailable("too many queries are waiting for their turn");
    }
    try {
      if (!turns.tryAcquire(allowed.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new Unavailable(Budget.TIMED_OUT + "query queue");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable("query was canceled in query queue", e);
    }
  }
}
