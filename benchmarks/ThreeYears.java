import hinomi.metricstore.MetricStore;
import hinomi.metricstore.MetricStoreConfig;
import hinomi.model.Cancel;
import hinomi.model.Labels;
import hinomi.model.Sample;
import hinomi.model.Time;
import hinomi.promql.PromQl;
import hinomi.promql.PromQlConfig;
import hinomi.promql.Sources;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/// What a question over three years costs with rollups and without: a store of its own with some
/// series of `up`, a sample each five minutes, every sample kept, so that both can answer.
///
/// Arguments: how many series (100), how many days (1096).
final class ThreeYears {
  private static final Instant BEGIN = Instant.parse("2023-01-01T00:00:00Z");
  private static final Duration EVERY = Duration.ofMinutes(5);
  private static final int ROUNDS = 5;

  private ThreeYears() {}

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
    int series = args.length > 0 ? Integer.parseInt(args[0]) : 100;
    int days = args.length > 1 ? Integer.parseInt(args[1]) : 1096;
    Path folder = Files.createTempDirectory("three-years");
    MetricStoreConfig usual = MetricStoreConfig.defaults(folder);
    MetricStoreConfig config =
        new MetricStoreConfig(
            folder,
            Duration.ofDays(4000),
            0,
            Duration.ofDays(1),
            usual.outOfOrderWindow(),
            usual.backfillWindow(),
            usual.maxAhead(),
            usual.startTimestamps(),
            usual.series(),
            usual.commitDelay(),
            usual.maxPendingSamples(),
            usual.rollups());
    Moved time = new Moved();
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    try (MetricStore store = MetricStore.open(config, time, registry)) {
      long begin = System.nanoTime();
      fill(store, time, series, days);
      System.out.printf(
          Locale.ROOT,
          "filled in %.1f s, %.0f days rolled up%n",
          (System.nanoTime() - begin) / 1e9,
          registry.get("hinomi.metricstore.rollup.days").counter().count());
      sizes(folder.resolve("blocks"));
      ask(store, time, registry, BEGIN.plus(Duration.ofDays(days - 3L)), days - 3);
    } finally {
      delete(folder);
    }
  }

  private static void fill(MetricStore store, Moved time, int series, int days) {
    Random random = new Random(1);
    List<Labels> labels = new ArrayList<>();
    for (int i = 0; i < series; i++) {
      labels.add(Labels.of(Labels.NAME, "up", "instance", "host-" + i, "job", "node"));
    }
    for (int day = 0; day < days; day++) {
      List<Sample> samples = new ArrayList<>();
      Instant first = BEGIN.plus(Duration.ofDays(day));
      for (long at = 0; at < Duration.ofDays(1).toMillis(); at += EVERY.toMillis()) {
        for (Labels each : labels) {
          double up = random.nextInt(500) == 0 ? 0 : 1;
          samples.add(new Sample(each, first.toEpochMilli() + at + 1000, up));
        }
      }
      time.move(first.plus(Duration.ofDays(1)));
      store.append(samples);
      time.move(first.plus(Duration.ofDays(1)));
      store.cleanTombstones(); // comes after what that began
    }
  }

  private static void ask(
      MetricStore store, Time time, SimpleMeterRegistry registry, Instant end, int days) {
    PromQlConfig limits = PromQlConfig.DEFAULT;
    Sources rolled = new Sources(store::select, store::rolled, store::spacing);
    try (PromQl quick = new PromQl(limits, rolled, time, registry);
        PromQl plain = new PromQl(limits, Sources.of(store::select), time, registry)) {
      Instant start = BEGIN.plus(Duration.ofDays(1));
      String whole = "avg_over_time(up[" + (days - 1) + "d])";
      compare("avg of all, at once", quick, plain, engine -> engine.instant(whole, end));
      compare(
          "avg_over_time(up[1d]), each day",
          quick,
          plain,
          engine -> engine.range("avg_over_time(up[1d])", start, end, Duration.ofDays(1)));
      compare(
          "avg_over_time(up[30d]), each day",
          quick,
          plain,
          engine ->
              engine.range(
                  "avg_over_time(up[30d])",
                  start.plus(Duration.ofDays(30)),
                  end,
                  Duration.ofDays(1)));
      compare(
          "increase(up[7d]), each day, odd times",
          quick,
          plain,
          engine ->
              engine.range(
                  "increase(up[7d])",
                  start.plus(Duration.ofDays(30)).plusSeconds(1234),
                  end,
                  Duration.ofDays(1)));
      compare(
          "avg_over_time(up[30d:5m])",
          quick,
          plain,
          engine -> engine.instant("avg_over_time(up[30d:5m])", end));
    }
  }

  private interface Question {
    Object ask(PromQl engine);
  }

  private static void compare(String name, PromQl quick, PromQl plain, Question question) {
    System.out.printf(
        Locale.ROOT,
        "%-40s rolled up %8.1f ms   samples %8.1f ms%n",
        name,
        median(quick, question),
        median(plain, question));
  }

  private static double median(PromQl engine, Question question) {
    double[] millis = new double[ROUNDS];
    question.ask(engine);
    for (int i = 0; i < ROUNDS; i++) {
      long begin = System.nanoTime();
      Object unused = question.ask(engine);
      millis[i] = (System.nanoTime() - begin) / 1e6;
      if (unused == null) {
        throw new IllegalStateException("no answer");
      }
    }
    Arrays.sort(millis);
    return millis[ROUNDS / 2];
  }

  private static void sizes(Path blocks) throws Exception {
    for (String tier : List.of("", "5m", "1h", "1d")) {
      try (Stream<Path> files = Files.list(blocks.resolve(tier))) {
        long bytes = files.filter(Files::isRegularFile).mapToLong(ThreeYears::size).sum();
        System.out.printf(
            Locale.ROOT, "%-8s %,12d bytes%n", tier.isEmpty() ? "samples" : tier, bytes);
      }
    }
  }

  private static long size(Path file) {
    return file.toFile().length();
  }

  private static void delete(Path folder) throws Exception {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
