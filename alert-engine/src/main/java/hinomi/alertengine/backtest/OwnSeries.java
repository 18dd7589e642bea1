package hinomi.alertengine.backtest;

import hinomi.model.Admission;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.model.OverLimit;
import hinomi.model.Points;
import hinomi.model.Sample;
import hinomi.model.StoredSeries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the rules of one replay have written — recorded series, `ALERTS`, `ALERTS_FOR_STATE` — put
/// over what is stored: from the replay's beginning on, such series of the store are those of other
/// rules, and are not seen. Only what some rule reads is kept, and no longer than it looks back.
///
/// Written by the replay's thread, read by the queries that it waits for.
public final class OwnSeries {
  private static final int MOST = 20_000_000; // samples
  private static final Duration MARGIN = Duration.ofMinutes(10);
  private static final Set<String> ALERTS = Set.of("ALERTS", "ALERTS_FOR_STATE");

  private final Set<String> recorded;
  private final Set<String> alertnames;
  private final long from;
  private final Map<Labels, Column> columns = new HashMap<>();
  private final Map<List<List<Matcher>>, Touches> readers = new HashMap<>();
  private final Map<Labels, List<Touches>> readersOf = new HashMap<>();
  private long reach = MARGIN.toMillis();
  private long size;

  /// @param recorded metrics that rules record, before the change or after it
  /// @param alertnames of alerts, likewise
  /// @param from since when what is stored of them is not seen
  public OwnSeries(Set<String> recorded, Set<String> alertnames, Instant from) {
    this.recorded = Set.copyOf(recorded);
    this.alertnames = Set.copyOf(alertnames);
    this.from = from.toEpochMilli();
  }

  /// Counts the writes to what an expression reads.
  static final class Touches {
    private final List<List<Matcher>> selectors;
    private long count;

    private Touches(List<List<Matcher>> selectors) {
      this.selectors = selectors;
    }

    long count() {
      return count;
    }

    private boolean reads(Labels labels) {
      return selectors.stream().anyMatch(matchers -> Matcher.allMatch(matchers, labels));
    }
  }

  /// Whether there is nothing that rules write.
  public boolean isNobodys() {
    return recorded.isEmpty() && alertnames.isEmpty();
  }

  /// Whether an expression may read what these rules write.
  boolean mayBeReadBy(Reading reading) {
    return reading.selectors().stream().anyMatch(this::mayMatch);
  }

  private boolean mayMatch(List<Matcher> matchers) {
    return recorded.stream().anyMatch(name -> fits(matchers, Labels.NAME, name))
        || (ALERTS.stream().anyMatch(name -> fits(matchers, Labels.NAME, name))
            && alertnames.stream().anyMatch(name -> fits(matchers, "alertname", name)));
  }

  private static boolean fits(List<Matcher> matchers, String label, String value) {
    return matchers.stream()
        .filter(matcher -> matcher.name().equals(label))
        .allMatch(matcher -> matcher.matches(value));
  }

  /// Makes known who reads; to be told before anything is written.
  Touches readBy(Reading reading) {
    readersOf.clear();
    reach = Math.max(reach, reading.reach().plus(MARGIN).toMillis());
    return readers.computeIfAbsent(reading.selectors(), Touches::new);
  }

  Admission append(List<Sample> samples) {
    for (Sample sample : samples) {
      List<Touches> interested =
          readersOf.computeIfAbsent(
              sample.labels(),
              labels -> readers.values().stream().filter(reader -> reader.reads(labels)).toList());
      if (!interested.isEmpty()) {
        interested.forEach(reader -> reader.count++);
        Column column = columns.computeIfAbsent(sample.labels(), Column::new);
        size += column.add(sample, sample.timestamp() - reach);
      }
    }
    if (size > MOST) {
      throw OverLimit.cost("the rules of a backtest record more than " + MOST + " samples");
    }
    return Admission.all(samples.size());
  }

  /// The series that a selection finds: the stored ones without what is not seen, and our own.
  public List<StoredSeries> over(
      List<? extends StoredSeries> stored, List<Matcher> matchers, long fromMillis, long toMillis) {
    Map<Labels, StoredSeries> found = new HashMap<>();
    List<StoredSeries> all = new ArrayList<>();
    for (StoredSeries series : stored) {
      if (isOwn(series.labels())) {
        found.put(series.labels(), new Early(series, from));
      } else {
        all.add(series);
      }
    }
    columns.forEach((labels, column) -> {
      if (Matcher.allMatch(matchers, labels)) {
        StoredSeries own = new Stretch(column, fromMillis, toMillis);
        found.merge(labels, own, Joined::new);
      }
    });
    all.addAll(found.values());
    return all;
  }

  private boolean isOwn(Labels labels) {
    return recorded.contains(labels.metric())
        || (ALERTS.contains(labels.metric()) && alertnames.contains(labels.get("alertname")));
  }

  /// One series of ours.
  private static final class Column {
    private final Labels labels;
    private long[] timestamps = new long[16];
    private double[] values = new double[16];
    private int begin;
    private int end;

    Column(Labels labels) {
      this.labels = labels;
    }

    /// @param oldest what is older is not read any more
    /// @return how many samples more there are now
    int add(Sample sample, long oldest) {
      int size = end - begin;
      while (begin < end && timestamps[begin] < oldest) {
        begin++;
      }
      if (end == timestamps.length) {
        int kept = end - begin;
        int room = Math.max(16, kept * 2);
        timestamps = Arrays.copyOf(Arrays.copyOfRange(timestamps, begin, end), room);
        values = Arrays.copyOf(Arrays.copyOfRange(values, begin, end), room);
        begin = 0;
        end = kept;
      }
      timestamps[end] = sample.timestamp();
      values[end++] = sample.value();
      return end - begin - size;
    }
  }

  /// A time range of one of ours.
  private record Stretch(Column column, long from, long to) implements StoredSeries {
    @Override
    public Labels labels() {
      return column.labels;
    }

    @Override
    public int size() {
      return column.end - column.begin;
    }

    @Override
    public void read(Points into) {
      int first = Arrays.binarySearch(column.timestamps, column.begin, column.end, from);
      for (int i = first < 0 ? -first - 1 : first;
          i < column.end && column.timestamps[i] <= to;
          i++) {
        into.add(column.timestamps[i], column.values[i]);
      }
    }
  }

  /// The part of a stored series before a time.
  private record Early(StoredSeries series, long end) implements StoredSeries {
    @Override
    public Labels labels() {
      return series.labels();
    }

    @Override
    public int size() {
      return series.size();
    }

    @Override
    public void read(Points into) {
      int at = into.size();
      series.read(into);
      while (at < into.size() && into.timestamp(at) < end) {
        at++;
      }
      into.cut(at);
    }
  }

  /// What was stored before the replay, then what the replay wrote.
  private record Joined(StoredSeries stored, StoredSeries own) implements StoredSeries {
    @Override
    public Labels labels() {
      return stored.labels();
    }

    @Override
    public int size() {
      return stored.size() + own.size();
    }

    @Override
    public void read(Points into) {
      stored.read(into);
      own.read(into);
    }
  }
}
