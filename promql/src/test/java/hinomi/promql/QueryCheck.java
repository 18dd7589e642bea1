package hinomi.promql;

import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.model.Points;
import hinomi.model.StoredSeries;
import hinomi.model.SystemTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Measures what queries cost beside reading samples: a day of 15-second samples in plain arrays,
/// in the proportions of a fleet of 100 hosts. No test; run by hand: `QueryCheck [NAME…]`.
final class QueryCheck {
  private static final long DAY = 86_400_000;
  private static final long START = 1_700_000_000_000L;
  private static final int SAMPLES = 5760;
  private static final int STEP = 15_000;
  private static final long SECONDS = 3;
  private static final int PATTERNS = 4;

  /// Milliseconds by which samples come late, at most; 1 is none.
  private static final int JITTER = Integer.getInteger("jitter", 1);

  private final Map<String, List<Column>> metrics = new LinkedHashMap<>();
  private final Random random = new Random(1);

  /// Counters, then gauges. So few that they stay in the processor's cache: a store that unpacks a
  /// byte or two a sample does not wait for memory either.
  private final List<Column> patterns = new ArrayList<>();

  /// @param values one each 15 s, at times that differ a little for each series
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Column(Labels labels, long[] times, double[] values) {}

  private record Part(Column column, int from, int to) implements StoredSeries {
    @Override
    public Labels labels() {
      return column.labels();
    }

    @Override
    public int size() {
      return to - from;
    }

    @Override
    public void read(Points into) {
      int count = to - from;
      into.reserve(count);
      System.arraycopy(column.times(), from, into.timestamps(), into.size(), count);
      System.arraycopy(column.values(), from, into.values(), into.size(), count);
      into.grow(count);
    }
  }

  private record Question(String name, String text, long range, long step) {}

  private static final List<Question> QUESTIONS =
      List.of(
          new Question("i01", "node_load1{instance=\"host-0007:9100\"}", 0, 0),
          new Question("i02", "rate(node_cpu_seconds_total[5m])", 0, 0),
          new Question("i03", "sum by (mode) (rate(node_cpu_seconds_total[5m]))", 0, 0),
          new Question(
              "i05",
              "topk(10, node_filesystem_avail_bytes{mountpoint=\"/\"}"
                  + " / node_filesystem_size_bytes{mountpoint=\"/\"})",
              0,
              0),
          new Question(
              "r02",
              "sum by (mode) (rate(node_cpu_seconds_total{instance=\"host-0003:9100\"}[1m]))",
              3600,
              15),
          new Question(
              "r03", "node_filesystem_avail_bytes / on (instance) group_left node_load1", 3600, 60),
          new Question(
              "r04", "histogram_quantile(0.99, sum by (le) (rate(http_bucket[5m])))", 21600, 60),
          new Question("r06", "sum(rate(node_network_receive_bytes_total[5m]))", 86400, 60),
          new Question("r07", "sum by (mode) (rate(node_cpu_seconds_total[5m]))", 86400, 60),
          new Question("r08", "avg_over_time(node_load1[1h])", 86400, 300),
          new Question("max", "max_over_time(node_load1[1h])", 86400, 300),
          new Question("r09", "node_load1", 86400, 60));

  void main(String... names) {
    fill();
    SystemTime time = new SystemTime();
    try (PromQl promQl =
        new PromQl(PromQlConfig.DEFAULT, this::select, time, new SimpleMeterRegistry())) {
      for (Question question : QUESTIONS) {
        if (names.length == 0 || Arrays.asList(names).contains(question.name())) {
          measure(promQl, question, time);
        }
      }
    }
    time.close();
  }

  private void fill() {
    for (int i = 0; i < 2 * PATTERNS; i++) {
      patterns.add(pattern(i < PATTERNS));
    }
    for (int host = 0; host < 100; host++) {
      String instance = String.format("host-%04d:9100", host);
      for (int i = 0; i < 16; i++) {
        add(
            true,
            Labels.NAME,
            "node_cpu_seconds_total",
            "instance",
            instance,
            "cpu",
            String.valueOf(i / 8),
            "mode",
            "mode" + i % 8,
            "job",
            "node");
      }
      for (int i = 0; i < 2; i++) {
        add(
            true,
            Labels.NAME,
            "node_network_receive_bytes_total",
            "instance",
            instance,
            "device",
            "eth" + i,
            "job",
            "node");
      }
      for (int i = 0; i < 12; i++) {
        add(
            true,
            Labels.NAME,
            "http_bucket",
            "instance",
            instance,
            "le",
            i == 11 ? "+Inf" : String.valueOf(0.1 * (i + 1)),
            "job",
            "node");
      }
      for (String mount : List.of("/", "/var", "/home")) {
        for (String name : List.of("node_filesystem_avail_bytes", "node_filesystem_size_bytes")) {
          add(false, Labels.NAME, name, "instance", instance, "mountpoint", mount, "job", "node");
        }
      }
      add(false, Labels.NAME, "node_load1", "instance", instance, "job", "node");
    }
  }

  private void add(boolean counter, String... labels) {
    Labels own = Labels.of(labels);
    Column like = patterns.get((counter ? 0 : PATTERNS) + random.nextInt(PATTERNS));
    metrics
        .computeIfAbsent(own.metric(), _ -> new ArrayList<>())
        .add(new Column(own, like.times(), like.values()));
  }

  private Column pattern(boolean counter) {
    long[] times = new long[SAMPLES];
    double[] values = new double[SAMPLES];
    long offset = random.nextInt(STEP);
    double value = 100;
    for (int i = 0; i < SAMPLES; i++) {
      times[i] = START + offset + (long) i * STEP + random.nextInt(JITTER);
      value = counter ? value + random.nextInt(100) / 8.0 : 50 + 20 * random.nextGaussian();
      values[i] = value;
    }
    return new Column(Labels.EMPTY, times, values);
  }

  private List<Part> select(List<Matcher> matchers, long from, long to) {
    List<Part> found = new ArrayList<>();
    String metric =
        matchers.stream().filter(m -> m.name().equals(Labels.NAME)).toList().getFirst().value();
    for (Column column : metrics.getOrDefault(metric, List.of())) {
      if (Matcher.allMatch(matchers, column.labels())) {
        int first = place(column.times(), from);
        int last = place(column.times(), to + 1);
        found.add(new Part(column, first, last));
      }
    }
    return found;
  }

  private static int place(long[] times, long time) {
    int at = Arrays.binarySearch(times, time);
    return at < 0 ? -at - 1 : at;
  }

  private static void measure(PromQl promQl, Question question, SystemTime time) {
    Instant end = Instant.ofEpochMilli(START + DAY);
    long until = time.nanos() + SECONDS * 1_000_000_000L;
    List<Long> walls = new ArrayList<>();
    long cpu = cpu();
    int counted = 0;
    while (time.nanos() < until) {
      if (time.nanos() < until - SECONDS * 500_000_000L) {
        cpu = cpu();
        counted = 0;
      }
      long begin = time.nanos();
      if (question.step() == 0) {
        promQl.instant(question.text(), end);
      } else {
        promQl.range(
            question.text(),
            end.minusSeconds(question.range()),
            end,
            Duration.ofSeconds(question.step()));
      }
      walls.add(time.nanos() - begin);
      counted++;
    }
    walls = new ArrayList<>(walls.subList(walls.size() / 2, walls.size()));
    walls.sort(null);
    System.out.printf(
        "%s  p50 %.3f ms  p99 %.3f ms  cpu %.3f ms  (%d runs)%n",
        question.name(),
        walls.get(walls.size() / 2) / 1e6,
        walls.get(walls.size() * 99 / 100) / 1e6,
        (cpu() - cpu) / 1e6 / counted,
        counted);
  }

  private static long cpu() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean bean
        ? bean.getProcessCpuTime()
        : 0;
  }
}
