package hinomi.promql.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.model.Histogram;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.model.Points;
import hinomi.model.Rolled;
import hinomi.model.Rolled.Column;
import hinomi.model.RolledHistogram;
import hinomi.model.RolledHistogram.Part;
import hinomi.model.RolledSelection;
import hinomi.model.RolledSeries;
import hinomi.model.Sample;
import hinomi.model.Series;
import hinomi.model.StoredSeries;
import hinomi.model.TimeRanges;
import hinomi.model.histogram.Run;
import hinomi.promql.Answer;
import hinomi.promql.PromQl;
import hinomi.promql.PromQlConfig;
import hinomi.promql.RollupSource;
import hinomi.promql.Sources;
import hinomi.promql.Spacing;
import hinomi.promql.memory.MemorySeries;
import hinomi.testkit.HistogramLife;
import hinomi.testkit.NearHistograms;
import hinomi.testkit.Seeds;
import hinomi.testkit.SimTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What is computed from buckets is what is computed from samples, however these are put together,
/// as long as no bucket reaches over the end of a range.
class RolledLawTest {
  private static final int MINUTE = 60_000;
  private static final int HOUR = 60 * MINUTE;

  private int used;

  @Test
  void answersFromBucketsAreThoseFromSamples() {
    Seeds.forAll(20, this::check);
    assertThat(used).isGreaterThan(200);
  }

  @Test
  void anAnswerThatIsNotExactSaysSo() {
    Labels labels = Labels.of(Labels.NAME, "m");
    RollupSource inexact =
        (_, _, columns) ->
            Optional.of(
                new RolledSelection(List.of(new Of(labels, List.of(), List.of(), columns)), false));
    Spacing thinned = at -> at < 5 * HOUR ? HOUR : 0;
    MemorySeries source = new MemorySeries();
    source.add(labels, HOUR + 1, 7);
    try (PromQl promQl = promQl(new Sources(source, inexact, thinned))) {
      assertThat(promQl.instant("sum_over_time(m[1h])", Instant.ofEpochMilli(HOUR)).infos())
          .hasSize(1)
          .first()
          .asString()
          .contains("rolled up");
      // The lookback is longer where samples are thinned out.
      Answer old = promQl.instant("m", Instant.ofEpochMilli(2 * HOUR));
      assertThat(((Answer.Vector) old).samples()).hasSize(1);
      assertThat(old.infos()).hasSize(1);
      Answer later = promQl.instant("m", Instant.ofEpochMilli(2 * HOUR + 6 * MINUTE));
      assertThat(((Answer.Vector) later).samples()).isEmpty();
      Answer now = promQl.instant("m", Instant.ofEpochMilli(9 * HOUR));
      assertThat(now.infos()).isEmpty();
    }
  }

  private static PromQl promQl(Sources sources) {
    return new PromQl(PromQlConfig.DEFAULT, sources, new SimTime(), new SimpleMeterRegistry());
  }

  private void check(Random random) {
    MemorySeries source = new MemorySeries();
    for (int i = 0; i < 3; i++) {
      fill(source, Labels.of(Labels.NAME, "m", "i", String.valueOf(i)), i, random);
    }
    for (HistogramLife.Kind kind : HistogramLife.Kind.values()) {
      Labels labels = Labels.of(Labels.NAME, "m", "kind", kind.name());
      fill(source, labels, new HistogramLife(random, kind), random);
    }
    RollupSource rollups =
        (matchers, ranges, columns) -> rolled(source, matchers, ranges, columns, random);
    try (PromQl plain = promQl(Sources.of(source));
        PromQl quick = promQl(new Sources(source, rollups, Spacing.ALL))) {
      for (String function : RolledFunction.ALL.keySet()) {
        String range = (60 + random.nextInt(300)) + "m";
        String offset = random.nextBoolean() ? "" : " offset " + random.nextInt(90) + "m";
        String query = function + "(m[" + range + "]" + offset + ")";
        Instant start = Instant.ofEpochMilli(12 * HOUR + random.nextInt(HOUR));
        Duration step = Duration.ofMinutes(1 + random.nextInt(100));
        Instant end = start.plus(step.multipliedBy(random.nextInt(12)));
        same(query, plain.range(query, start, end, step), quick.range(query, start, end, step));
      }
    }
  }

  private static void fill(MemorySeries source, Labels labels, int kind, Random random) {
    double value = 0;
    for (long at = random.nextInt(HOUR); at < 30L * HOUR; at += 1 + random.nextInt(6 * MINUTE)) {
      value =
          switch (kind) {
            case 0 -> random.nextInt(20) == 0 ? 0 : value + random.nextInt(50);
            case 1 -> random.nextGaussian();
            default -> random.nextInt(3);
          };
      double odd = random.nextBoolean() ? Double.NaN : Sample.STALE;
      source.add(labels, at, random.nextInt(60) == 0 ? odd : value);
      at += random.nextInt(50) == 0 ? 3L * HOUR : 0;
    }
  }

  /// Histograms, and in some stretches numbers.
  private static void fill(MemorySeries source, Labels labels, HistogramLife life, Random random) {
    boolean isNumber = false;
    for (long at = random.nextInt(HOUR); at < 30L * HOUR; at += 1 + random.nextInt(12 * MINUTE)) {
      isNumber = random.nextInt(isNumber ? 5 : 60) == 0 != isNumber;
      if (isNumber) {
        source.add(labels, at, random.nextInt(10));
      } else {
        source.add(labels, at, random.nextInt(60) == 0 ? Histogram.stale() : life.next());
      }
      at += random.nextInt(50) == 0 ? 3L * HOUR : 0;
    }
  }

  private Optional<RolledSelection> rolled(
      MemorySeries source,
      List<Matcher> matchers,
      TimeRanges ranges,
      Set<Column> columns,
      Random random) {
    used++;
    List<Of> found = new ArrayList<>();
    for (StoredSeries series : source.select(matchers, ranges.begin() + 1, ranges.lastEnd())) {
      Points points = new Points(0);
      series.read(points);
      List<List<double[]>> buckets = new ArrayList<>();
      long before = Long.MIN_VALUE;
      for (int i = 0; i < points.size(); i++) {
        if (!Sample.isStale(points.value(i))) {
          long at = points.timestamp(i);
          if (buckets.isEmpty() || random.nextInt(6) == 0 || isEndBetween(ranges, before, at)) {
            buckets.add(new ArrayList<>());
          }
          buckets.getLast().add(new double[] {at, points.value(i)});
          before = at;
        }
      }
      found.add(
          new Of(series.labels(), buckets, together(points, ranges, columns, random), columns));
    }
    return Optional.of(new RolledSelection(found, true));
  }

  /// Histograms taken together twice over, as days are of hours.
  private static List<RolledHistogram> together(
      Points points, TimeRanges ranges, Set<Column> columns, Random random) {
    Set<Part> parts = Part.of(columns);
    List<RolledHistogram> entries = new ArrayList<>();
    for (int i = 0; i < points.histogramCount(); i++) {
      if (!points.histogram(i).isStale()) {
        entries.add(RolledHistogram.of(points.histogramTimestamp(i), points.histogram(i), parts));
      }
    }
    for (int level = 0; level < 2; level++) {
      List<RolledHistogram> wider = new ArrayList<>();
      Run run = new Run(parts);
      for (int i = 0; i < entries.size(); i++) {
        RolledHistogram each = entries.get(i);
        boolean begins =
            i == 0
                || random.nextInt(4) == 0
                || isEndBetween(ranges, entries.get(i - 1).end(), each.end());
        if (begins && i > 0) {
          wider.add(run.at(entries.get(i - 1).end()));
          run = new Run(parts);
        }
        run.add(each, !begins && Run.isAnew(entries.get(i - 1), each));
      }
      if (!entries.isEmpty()) {
        wider.add(run.at(entries.getLast().end()));
      }
      entries = wider;
    }
    return entries;
  }

  /// Whether two times are parted by where a range begins or ends.
  private static boolean isEndBetween(TimeRanges ranges, long one, long other) {
    for (int i = 0; i < ranges.count(); i++) {
      long end = ranges.end(i);
      long begin = end - ranges.length();
      if ((one <= end && end < other) || (one <= begin && begin < other)) {
        return true;
      }
    }
    return false;
  }

  /// Buckets, each of time and value of its samples.
  private record Of(
      Labels labels,
      List<List<double[]>> buckets,
      List<RolledHistogram> histograms,
      Set<Column> columns)
      implements RolledSeries {
    @Override
    public int size() {
      return buckets.size() + histograms.size();
    }

    @Override
    public void read(Rolled into) {
      for (List<double[]> bucket : buckets) {
        int entry = into.add((long) bucket.getLast()[0]);
        for (Column column : columns) {
          into.set(column, entry, value(column, bucket));
        }
      }
      histograms.forEach(into::add);
    }

    private static double value(Column column, List<double[]> bucket) {
      double lost = 0;
      double low = Double.NaN;
      double high = Double.NaN;
      double sum = 0;
      for (int i = 0; i < bucket.size(); i++) {
        double value = bucket.get(i)[1];
        low = value < low || Double.isNaN(low) ? value : low;
        high = value > high || Double.isNaN(high) ? value : high;
        sum += value;
        lost += i > 0 && value < bucket.get(i - 1)[1] ? bucket.get(i - 1)[1] : 0;
      }
      return switch (column) {
        case MIN -> low;
        case MAX -> high;
        case SUM -> sum;
        case COUNT -> bucket.size();
        case FIRST -> bucket.getFirst()[1];
        case FIRST_TIME -> bucket.getFirst()[0];
        case LAST -> bucket.getLast()[1];
        case LAST_TIME -> bucket.getLast()[0];
        case LOST -> lost;
      };
    }
  }

  private static void same(String query, Answer one, Answer other) {
    assertThat(other.warnings()).as(query).isEqualTo(one.warnings());
    assertThat(other.infos()).as(query).isEqualTo(one.infos());
    List<Series> wanted = sorted(one);
    List<Series> found = sorted(other);
    assertThat(found).as(query).hasSameSizeAs(wanted);
    for (int i = 0; i < wanted.size(); i++) {
      assertThat(found.get(i).labels()).as(query).isEqualTo(wanted.get(i).labels());
      assertThat(found.get(i).timestamps()).as(query).isEqualTo(wanted.get(i).timestamps());
      for (int k = 0; k < wanted.get(i).values().length; k++) {
        double expected = wanted.get(i).values()[k];
        double value = found.get(i).values()[k];
        boolean near = Math.abs(value - expected) <= 1e-12 * Math.max(1, Math.abs(expected));
        assertThat(near || Double.compare(value, expected) == 0)
            .as(query + " should be " + expected + " and is " + value)
            .isTrue();
      }
      assertSame(query, wanted.get(i).histograms(), found.get(i).histograms());
    }
  }

  private static void assertSame(
      String query, List<Series.HistogramAt> wanted, List<Series.HistogramAt> found) {
    assertThat(found).as(query).hasSameSizeAs(wanted);
    for (int i = 0; i < wanted.size(); i++) {
      assertThat(found.get(i).timestamp()).as(query).isEqualTo(wanted.get(i).timestamp());
      Histogram expected = wanted.get(i).value();
      Histogram value = found.get(i).value();
      assertThat(NearHistograms.are(value, expected, 1e-9))
          .as(query + " should be " + expected + " and is " + value)
          .isTrue();
    }
  }

  private static List<Series> sorted(Answer answer) {
    List<Series> sorted = new ArrayList<>(((Answer.Matrix) answer).series());
    sorted.sort((a, b) -> a.labels().compareTo(b.labels()));
    return sorted;
  }
}
