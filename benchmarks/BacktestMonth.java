import hinomi.alertengine.AlertEngineConfig;
import hinomi.alertengine.AlertRouting;
import hinomi.alertengine.Topology;
import hinomi.alertengine.backtest.Backtest;
import hinomi.alertengine.backtest.Grammar;
import hinomi.alertengine.backtest.OwnSeries;
import hinomi.alertengine.backtest.Past;
import hinomi.alertengine.backtest.Plan;
import hinomi.alertengine.backtest.Reading;
import hinomi.alertengine.backtest.Recorded;
import hinomi.alertengine.backtest.Report;
import hinomi.alertengine.backtest.Setup;
import hinomi.alertengine.oncall.OnCall;
import hinomi.alertengine.rule.AlertRules;
import hinomi.alertengine.rule.Vocabulary;
import hinomi.metricstore.MetricStore;
import hinomi.metricstore.MetricStoreConfig;
import hinomi.model.Cancel;
import hinomi.model.Labels;
import hinomi.model.Sample;
import hinomi.model.Series;
import hinomi.model.Time;
import hinomi.promql.Answer;
import hinomi.promql.PromQl;
import hinomi.promql.PromQlConfig;
import hinomi.promql.Sources;
import hinomi.settings.Mistakes;
import hinomi.settings.Yaml;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;

/// How long a backtest of a month takes: 53 rules, of which 14 record, some from what others
/// record, and one alert that looks at a recording over a week; a store of its own with a sample
/// each 15 seconds.
///
/// Arguments: the store's folder, which is filled when it is not there; how many days (30); `plain`
/// to leave out the rule that looks over a week.
final class BacktestMonth {
  private static final Instant BEGIN = Instant.parse("2026-03-01T00:00:00Z");
  private static final Duration EVERY = Duration.ofSeconds(15);
  private static final int DAYS = 30;
  private static final int HOSTS = 10;

  private BacktestMonth() {}

  /// A clock that is moved by hand.
  private static final class Moved implements Time {
    private final AtomicReference<Instant> now = new AtomicReference<>(BEGIN);
    private final List<Runnable> jobs = new ArrayList<>();

    @Override
    public Instant now() {
      return now.get();
    }

    @Override
    public long nanos() {
      return System.nanoTime();
    }

    @Override
    public Cancel every(Duration period, String name, Runnable job) {
      jobs.add(job);
      return () -> jobs.remove(job);
    }

    @Override
    public Cancel at(Instant when, String name, Runnable job) {
      return () -> {};
    }

    void move(Instant to) {
      now.set(to);
      List.copyOf(jobs).forEach(Runnable::run);
    }
  }

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    int days = args.length > 1 ? Integer.parseInt(args[1]) : DAYS;
    boolean week = args.length < 3 || !args[2].equals("plain");
    boolean fresh = !Files.exists(folder);
    Moved time = new Moved();
    if (!fresh) {
      time.move(BEGIN.plus(Duration.ofDays(DAYS)));
    }
    try (MetricStore store =
        MetricStore.open(MetricStoreConfig.defaults(folder), time, new SimpleMeterRegistry())) {
      if (fresh) {
        fill(store, time);
      }
      run(store, time, days, week);
    }
  }

  private static void fill(MetricStore store, Moved time) {
    Random random = new Random(1);
    double[][] counters = new double[HOSTS][6];
    List<Sample> samples = new ArrayList<>();
    long last = Duration.ofDays(DAYS).toMillis();
    for (long at = 0; at < last; at += EVERY.toMillis()) {
      long millis = BEGIN.toEpochMilli() + at + 700;
      double daily = 1.5 + Math.sin(at / 86_400_000.0 * 2 * Math.PI);
      for (int host = 0; host < HOSTS; host++) {
        for (int i = 0; i < counters[host].length; i++) {
          counters[host][i] += random.nextInt(i % 2 == 0 ? 100 : 3) * daily;
          samples.add(
              new Sample(labels("counter_" + i + "_total", host), millis, counters[host][i]));
        }
        for (int i = 0; i < 4; i++) {
          samples.add(
              new Sample(labels("gauge_" + i, host), millis, daily * 20 + random.nextGaussian()));
        }
      }
      if (at % 3_600_000 == 0) {
        time.move(BEGIN.plusMillis(at));
        store.append(samples);
        samples.clear();
      }
    }
    time.move(BEGIN.plusMillis(last));
    store.append(samples);
  }

  private static Labels labels(String name, int host) {
    return Labels.of(Labels.NAME, name, "instance", "host-" + host, "job", "node");
  }

  private static String rules(double threshold, boolean week) {
    StringBuilder text = new StringBuilder("groups:\n");
    for (int i = 0; i < 6; i++) {
      text.append(
          """
          - name: recorded-%1$d
            rules:
            - {record: "instance:counter_%1$d:rate5m", expr: "sum by (instance) (rate(counter_%1$d_total[5m]))"}
            - {record: "job:counter_%1$d:rate5m", expr: "sum by (job) (instance:counter_%1$d:rate5m)"}
            - {alert: Low%1$d, expr: "instance:counter_%1$d:rate5m < 0.0001", for: 1m}
            - {alert: JobLow%1$d, expr: "job:counter_%1$d:rate5m < 0.0001", for: 1m}
          """
              .formatted(i));
    }
    text.append(
        """
        - name: ratios
          rules:
          - {record: "job:ratio:rate5m", expr: "job:counter_1:rate5m / job:counter_0:rate5m"}
          - {record: "job:gauge:avg", expr: "avg by (job) (gauge_0)"}
          - {alert: Ratio, expr: "job:ratio:rate5m > 0.3", for: 5m, labels: {severity: page}}
        """);
    if (week) {
      text.append(
          "  - {alert: Unusual, expr: \"job:gauge:avg > 1.9 *"
              + " avg_over_time(job:gauge:avg[7d])\"}\n");
    } else {
      text.append("  - {alert: Unusual, expr: \"job:gauge:avg > 1000\"}\n");
    }
    text.append("- name: alerts\n  rules:\n");
    for (int i = 0; i < 25; i++) {
      text.append(
          "  - {alert: High%d, expr: \"gauge_%d > %s\", for: 1m}%n"
              .formatted(i, i % 4, threshold + i));
    }
    return text.toString();
  }

  private static Setup setup(double threshold, boolean week) {
    Mistakes mistakes = new Mistakes();
    Path nowhere = Path.of("/nonexistent");
    AlertEngineConfig config =
        AlertEngineConfig.from(
            Yaml.parse("alerting", "interval: 15s", mistakes),
            Yaml.parse("delivery", "", mistakes),
            nowhere,
            nowhere);
    AlertRules rules =
        AlertRules.parse(
            "rules.yml", rules(threshold, week), mistakes, new Vocabulary(PromQl::check, Map.of()));
    AlertRouting routing =
        AlertRouting.read(config, OnCall.read(config.onCall(), mistakes), mistakes);
    mistakes.throwIfAny();
    return new Setup(config, rules, routing, Topology.NONE);
  }

  private static void run(MetricStore store, Moved time, int days, boolean week) {
    Setup before = setup(52, week);
    Setup after = setup(52.5, week);
    Instant end = BEGIN.plus(Duration.ofDays(DAYS));
    Plan plan =
        new Plan(
            before,
            after,
            end.minus(Duration.ofDays(days)),
            end,
            Optional.empty(),
            ZoneOffset.UTC,
            List.of(),
            false);
    long started = System.nanoTime();
    Report report =
        new Backtest(
                own -> open(store, time, own),
                Past.ofLogs((_, _) -> List.of(), (_, _, _, _) -> List.of()),
                new Grammar(BacktestMonth::reading, PromQl::compared, PromQl::sampleCounts),
                Recorded.NOTHING)
            .run(plan, new Backtest.Watcher(_ -> {}, () -> false));
    System.out.printf(
        Locale.ROOT,
        "%d rules, %d days: %.1f s; looks %d and %d, transitions %d and %d, log %x and %x%n",
        before.rules().groups().stream().mapToInt(group -> group.rules().size()).sum(),
        days,
        (System.nanoTime() - started) / 1e9,
        report.before().course().looks(),
        report.after().course().looks(),
        report.before().course().log().size(),
        report.after().course().log().size(),
        report.before().course().log().hashCode(),
        report.after().course().log().hashCode());
  }

  /// As the server joins it.
  private static Past open(MetricStore store, Time time, OwnSeries own) {
    PromQl promql =
        new PromQl(
            PromQlConfig.DEFAULT,
            new Sources(
                (matchers, from, to) ->
                    own.over(store.select(matchers, from, to), matchers, from, to),
                (matchers, ranges, columns) ->
                    own.mayMatch(matchers)
                        ? Optional.empty()
                        : store.rolled(matchers, ranges, columns),
                store::spacing),
            time,
            new SimpleMeterRegistry());
    return new Past(
        promql::elements,
        (expression, from, to, step) -> rows(promql, expression, from, to, step),
        promql::hasData,
        promql::close);
  }

  private static List<Series> rows(
      PromQl promql, String expression, Instant from, Instant to, long step) {
    return switch (promql.range(expression, from, to, Duration.ofMillis(step))) {
      case Answer.Matrix matrix -> matrix.series();
      case Answer.Vector _, Answer.Scalar _, Answer.Text _ ->
          throw new IllegalStateException("a range query came to no matrix");
    };
  }

  private static Reading reading(String expression) {
    hinomi.promql.Reading reading = hinomi.promql.Reading.of(expression);
    return new Reading(
        reading.steady(),
        reading.selectors(),
        reading.presence(),
        reading.reach().plus(Duration.ofHours(1)));
  }
}
