package hinomi.promql;

import hinomi.model.BadInput;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.model.Sample;
import hinomi.model.Time;
import hinomi.model.Unavailable;
import hinomi.model.Vector;
import hinomi.promql.evaluate.Budget;
import hinomi.promql.evaluate.Evaluator;
import hinomi.promql.evaluate.Grid;
import hinomi.promql.evaluate.Notes;
import hinomi.promql.evaluate.Workers;
import hinomi.promql.parse.Dialect;
import hinomi.promql.parse.Expr;
import hinomi.promql.parse.Parser;
import hinomi.promql.parse.Printer;
import hinomi.promql.parse.Span;
import hinomi.promql.parse.Trees;
import hinomi.promql.parse.Type;
import hinomi.promql.plan.Anatomy;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Answers PromQL over a [SeriesSource], with the semantics of Prometheus 3. For any threads; each
/// call works on its caller's thread, may block on the source, and waits for its turn when
/// [PromQlConfig#concurrency] others are at work. Large queries are shared with a few threads of
/// its own, which [#close] ends.
///
/// What the user got wrong is a [BadInput], with a place when it is the text that is wrong and
/// without one when it is what the data made of it; too much data is an [hinomi.model.OverLimit];
/// too long, or too many waiting, is [Unavailable].
public final class PromQl implements AutoCloseable {
  /// The client of rules, which have turns of their own.
  public static final String RULES = "rules";

  private final PromQlConfig config;
  private final Sources sources;
  private final Time time;
  private final Budget.Room room;
  private final Turns turns;
  private final Expressions expressions;
  private final Expressions ofRules;
  private final Workers workers = new Workers(Runtime.getRuntime().availableProcessors());
  private final Timer duration;
  private final DistributionSummary peak;
  private final Counter read;
  private final Counter refused;

  /// Over samples alone.
  public PromQl(PromQlConfig config, SeriesSource source, Time time, MeterRegistry registry) {
    this(config, Sources.of(source), time, registry);
  }

  public PromQl(PromQlConfig config, Sources sources, Time time, MeterRegistry registry) {
    this.config = config;
    this.sources = sources;
    this.time = time;
    this.expressions = new Expressions(config.dialect(), Expressions.SOME);
    this.ofRules = new Expressions(config.dialect(), Expressions.MANY);
    this.room = new Budget.Room(config.maxSamplesTogether());
    this.turns =
        new Turns(
            config.concurrency(),
            config.clientConcurrency(),
            config.ruleConcurrency(),
            config.waiting());
    this.duration = registry.timer("hinomi.promql.query");
    this.peak = registry.summary("hinomi.promql.query.peak.samples");
    this.read = registry.counter("hinomi.promql.samples.read");
    this.refused = registry.counter("hinomi.promql.refused", "reason", "too many waiting");
    registry.gauge("hinomi.promql.waiting", turns, Turns::waiting);
    registry.gauge("hinomi.promql.samples.held", room, Budget.Room::taken);
  }

  /// What one query may ask to be different.
  ///
  /// @param timeout only shorter than the configured one
  /// @param lookback instead of the configured one
  /// @param client who asks, for fair turns: such as a remote address, or [#RULES]
  /// @param most samples of the answer
  /// @param canceled whether nobody waits for the answer any more; asked often, by several threads
  /// @param stats is told what the query took, before it is answered
  public record Options(
      Duration timeout,
      Duration lookback,
      String client,
      long most,
      BooleanSupplier canceled,
      Consumer<QueryStats> stats) {
    public Options with(Duration otherTimeout, Duration otherLookback) {
      return new Options(otherTimeout, otherLookback, client, most, canceled, stats);
    }

    public Options of(String otherClient, BooleanSupplier otherCanceled) {
      return new Options(timeout, lookback, otherClient, most, otherCanceled, stats);
    }

    public Options telling(Consumer<QueryStats> otherStats) {
      return new Options(timeout, lookback, client, most, canceled, otherStats);
    }

    public Options answering(long otherMost) {
      return new Options(timeout, lookback, client, otherMost, canceled, stats);
    }
  }

  /// The configured options, for nobody in particular.
  public Options options() {
    return new Options(
        config.timeout(), config.lookback(), "", Long.MAX_VALUE, () -> false, _ -> {});
  }

  private Options rules() {
    return options().of(RULES, () -> false);
  }

  /// The answer at one time.
  public Answer instant(String expression, Instant at) {
    return instant(expression, at, options());
  }

  /// The answer at one time, with the options of this one query.
  public Answer instant(String expression, Instant at, Options options) {
    return instant(expression, at, options, answer -> answer);
  }

  /// Likewise.
  ///
  /// @param then makes something else of the answer, while the query still has its turn and its
  ///   room
  public <T> T instant(String expression, Instant at, Options options, Function<Answer, T> then) {
    boolean ofRule = options.client().equals(RULES);
    Expressions.Parsed parsed = (ofRule ? ofRules : expressions).of(expression);
    long now = at.toEpochMilli();
    Expr planned = parsed.plan(now, now, 0);
    Notes notes = new Notes(expression);
    Grid grid = Grid.at(now);
    return inTurn(
        notes,
        options,
        evaluator ->
            parsed.expr().type() == Type.RANGE
                ? Answers.matrix(evaluator.matrix(planned, grid), notes)
                : Answers.once(evaluator.answer(planned, grid), now, notes),
        then);
  }

  /// The answers at `start`, then every `step` up to and including `end`: always a matrix.
  public Answer range(String expression, Instant start, Instant end, Duration step) {
    return range(expression, new Steps(start, end, step), options(), answer -> answer);
  }

  /// The times of a range query: `start`, then every `step` up to and including `end`.
  public record Steps(Instant start, Instant end, Duration step) {}

  /// Likewise, with the options of this one query.
  ///
  /// @param then makes something else of the answer, while the query still has its turn and its
  ///   room
  public <T> T range(String expression, Steps steps, Options options, Function<Answer, T> then) {
    Expressions.Parsed parsed = expressions.of(expression);
    refuseUnlessRangeable(parsed.expr());
    long from = steps.start().toEpochMilli();
    long to = steps.end().toEpochMilli();
    long step = steps.step().toMillis();
    refuseBadSteps(from, to, step);
    Grid grid = Grid.over(from, to, step);
    Expr planned = parsed.plan(from, to, step);
    Notes notes = new Notes(expression);
    return inTurn(
        notes,
        options,
        evaluator -> Answers.matrix(evaluator.answer(planned, grid), grid, notes),
        then);
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

  /// The elements at one time that are numbers; see [#elements].
  public List<Sample> vector(String expression, Instant at) {
    return elements(expression, at).samples();
  }

  /// The elements at one time; a scalar becomes one without labels. A text or a range vector is a
  /// [BadInput].
  public Vector elements(String expression, Instant at) {
    return switch (instant(expression, at, rules())) {
      case Answer.Vector vector -> new Vector(vector.samples(), vector.histograms());
      case Answer.Scalar scalar ->
          Vector.of(List.of(new Sample(Labels.EMPTY, scalar.timestamp(), scalar.value())));
      case Answer.Matrix _, Answer.Text _ ->
          throw new BadInput("rule result is not a vector or scalar", 0);
    };
  }

  /// Whether any selector of the expression finds a sample, which tells "the condition is false"
  /// from "there is no data". An expression without selectors needs none and always has data.
  public boolean hasData(String expression, Instant at) {
    long now = at.toEpochMilli();
    Expr planned = ofRules.of(expression).plan(now, now, 0);
    return !hasSelector(planned)
        || inTurn(
            new Notes(expression),
            rules(),
            evaluator -> evaluator.hasData(planned, Grid.at(now)),
            found -> found);
  }

  private static boolean hasSelector(Expr expr) {
    return expr instanceof Expr.Selector || expr.parts().stream().anyMatch(PromQl::hasSelector);
  }

  /// The metric names that the selectors of an expression name, so that it can be known which
  /// samples touch it. Empty when a selector names none, for then any sample may.
  public static Set<String> metricNames(String expression) {
    Set<String> names = new TreeSet<>();
    return namesOf(Expressions.parse(expression), names) ? names : Set.of();
  }

  private static boolean namesOf(Expr expr, Set<String> names) {
    if (expr instanceof Expr.Selector selector) {
      Optional<String> name = nameOf(selector);
      name.ifPresent(names::add);
      return name.isPresent();
    }
    return !readsInfos(expr) && expr.parts().stream().allMatch(part -> namesOf(part, names));
  }

  private static boolean readsInfos(Expr expr) {
    return expr instanceof Expr.Call call && call.function().name().equals("info");
  }

  private static Optional<String> nameOf(Expr.Selector selector) {
    return selector.matchers().stream()
        .filter(matcher -> matcher.name().equals(Labels.NAME))
        .filter(matcher -> matcher.kind() == Matcher.Kind.EQUAL)
        .map(Matcher::value)
        .findFirst()
        .or(() -> Optional.of(selector.name()).filter(text -> !text.isEmpty()));
  }

  /// Refuses an expression of which it cannot be known which samples touch it, as [#metricNames]: a
  /// [BadInput] with the place of what is to blame. What does not parse is not its matter.
  public static void checkNamed(String expression, Dialect dialect) {
    Expr parsed;
    try {
      parsed = Expressions.parse(expression, dialect);
    } catch (BadInput e) {
      return;
    }
    unnamed(parsed)
        .ifPresent(span -> {
          String text = expression.substring(span.start(), span.end());
          throw new BadInput(
              Span.place(expression, span.start())
                  + ": "
                  + text
                  + " names no metric"
                  + (text.startsWith("{") ? ", did you mean \"METRIC" + text + "\"?" : ""),
              span.start());
        });
    if (!hasSelector(parsed)) {
      throw new BadInput("1:1: " + expression + " looks at no metric", 0);
    }
  }

  private static Optional<Span> unnamed(Expr expr) {
    if (readsInfos(expr)) {
      return Optional.of(expr.span());
    }
    if (expr instanceof Expr.Selector selector) {
      return nameOf(selector).isPresent() ? Optional.empty() : Optional.of(selector.span());
    }
    return expr.parts().stream().flatMap(part -> unnamed(part).stream()).findFirst();
  }

  /// The expression without its conditions, as [Anatomy#compared]; empty where that is nothing.
  public static String compared(String expression) {
    return Anatomy.compared(Expressions.parse(expression)).orElse("");
  }

  /// Expressions that count the samples of each selector's series, as [Anatomy#sampleCounts].
  public static List<String> sampleCounts(String expression, Duration window) {
    return Anatomy.sampleCounts(Expressions.parse(expression), window);
  }

  /// Refuses an expression that does not parse: a [BadInput] with the offset of the mistake and a
  /// message like `1:9: parse error: unexpected end of input`.
  public static void check(String expression) {
    Expressions.parse(expression);
  }

  /// Likewise, in the language as it is configured, with what was probably meant.
  public static void check(String expression, Dialect dialect) {
    try {
      Expressions.parse(expression, dialect);
    } catch (BadInput e) {
      throw new BadInput(e.reason() + Suggestion.of(expression, e), e.offset());
    }
  }

  /// Likewise, and remembers what it read for the query that follows.
  public void understand(String expression) {
    Expressions.Parsed _ = expressions.of(expression);
  }

  /// Likewise, and refuses what has no answer over a range: texts and range vectors.
  public void understandRange(String expression) {
    refuseUnlessRangeable(expressions.of(expression).expr());
  }

  private static void refuseUnlessRangeable(Expr expr) {
    if (expr.type() == Type.RANGE || expr.type() == Type.TEXT) {
      throw new BadInput(
          "invalid expression type \""
              + expr.type().documented()
              + "\" for range query, must be Scalar or instant Vector",
          expr.span().start());
    }
  }

  /// The matchers of a selector that stands alone, such as `up{job="node"}`.
  public static List<Matcher> matchers(String selector) {
    try {
      return Parser.selector(selector).matchers();
    } catch (BadInput e) {
      throw Expressions.placed(selector, e);
    }
  }

  /// The expression in its canonical form.
  public static String format(String expression) {
    return Printer.print(Expressions.parse(expression));
  }

  /// The expression as a tree, in the shape of Prometheus' `parse_query`; values may be null.
  public static Map<String, @Nullable Object> tree(String expression) {
    return Trees.of(Expressions.parse(expression));
  }

  private <A, T> T inTurn(
      Notes notes, Options options, Function<Evaluator, A> work, Function<A, T> then) {
    long begin = time.nanos();
    Duration allowed =
        options.timeout().compareTo(config.timeout()) < 0 ? options.timeout() : config.timeout();
    if (!turns.enter(options.client(), allowed)) {
      refused.increment();
      throw new Unavailable("too many queries are waiting for their turn");
    }
    long turn = time.nanos();
    Budget.Limits limits =
        new Budget.Limits(
            config.maxSamples(), config.maxReadSamples(), config.maxSeries(), options.most());
    try (Budget budget =
        new Budget(limits, room, time, begin + allowed.toNanos(), options.canceled())) {
      Evaluator evaluator =
          new Evaluator(
              sources,
              budget,
              notes,
              workers,
              new Evaluator.Defaults(
                  options.lookback().toMillis(),
                  config.subqueryStep().toMillis(),
                  config.delayedNames()));
      A answer;
      try {
        answer = work.apply(evaluator);
      } finally {
        Duration waited = Duration.ofNanos(turn - begin);
        Duration evaluated = Duration.ofNanos(time.nanos() - turn);
        peak.record((double) budget.peak());
        read.increment((double) budget.samplesRead());
        options
            .stats()
            .accept(new QueryStats(waited, evaluated, budget.samplesRead(), budget.peak()));
      }
      return then.apply(answer);
    } finally {
      turns.leave(options.client());
      duration.record(time.nanos() - begin, TimeUnit.NANOSECONDS);
    }
  }

  /// Ends the threads; queries still running end on their callers'.
  @Override
  public void close() {
    workers.close();
  }
}
