package hinomi.alertengine.backtest;

import hinomi.model.Admission;
import hinomi.model.Histogram;
import hinomi.model.HistogramSample;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.model.OverLimit;
import hinomi.model.Points;
import hinomi.model.Sample;
import hinomi.model.StoredSeries;
import hinomi.model.Vector;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the rules of one replay have written — recorded series, `ALERTS`, `ALERTS_FOR_STATE` — put
/// over what is stored: from the replay's beginning on, such series of the store are those of other
/// rules, and are not seen. Only what some rule reads is kept, and no longer than it looks back.
///
/// Written by the replay's thread, read by the queries that it waits for.
public final class OwnSeries {
  private static final int MOST = 20_000_000; // samples
  private static final Duration MARGIN = Duration.ofMinutes(10);

  private final Written written;
  private final long from;
  private final Optional<OwnSeries> below;
  private final Map<String, Map<Labels, Column>> columns = new HashMap<>(); // by metric
  private final Map<List<List<Matcher>>, Touches> readers = new HashMap<>();
  private final Map<Labels, List<Touches>> readersOf = new HashMap<>();
  private long reach = MARGIN.toMillis();
  private long size;
  private long passed = Long.MIN_VALUE / 2;

  /// @param written what rules write, before the change or after it
  /// @param from since when what is stored of it is not seen
  OwnSeries(Written written, Instant from) {
    this(written, from, Optional.empty());
  }

  private OwnSeries(Written written, Instant from, Optional<OwnSeries> below) {
    this.written = written;
    this.from = from.toEpochMilli();
    this.below = below;
  }

  /// Others that lie over these.
  OwnSeries under(Written others) {
    return new OwnSeries(others, Instant.ofEpochMilli(from), Optional.of(this));
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

  /// Whether a selection may find what rules write, or what is not seen on account of it.
  public boolean mayMatch(List<Matcher> matchers) {
    return written.mayMatch(matchers) || below.filter(each -> each.mayMatch(matchers)).isPresent();
  }

  /// Whether an expression may read what these rules write.
  boolean mayBeReadBy(Reading reading) {
    return written.mayBeReadBy(reading);
  }

  /// What lies further back than an expression looks from then on is not needed any more.
  void passed(Instant now) {
    passed = now.toEpochMilli();
  }

  /// Keeps what an expression may look back to.
  void keep(Reading reading) {
    reach = Math.max(reach, reading.reach().plus(MARGIN).toMillis());
  }

  /// Makes known who reads; to be told before anything is written.
  Touches readBy(Reading reading) {
    readersOf.clear();
    keep(reading);
    below.ifPresent(each -> each.keep(reading));
    return readers.computeIfAbsent(reading.selectors(), Touches::new);
  }

  Admission append(Vector vector) {
    for (Sample sample : vector.samples()) {
      if (isRead(sample.labels())) {
        size +=
            column(sample.labels())
                .add(sample.timestamp(), sample.value(), sample.timestamp() - reach);
      }
    }
    for (HistogramSample sample : vector.histograms()) {
      if (isRead(sample.labels())) {
        size +=
            column(sample.labels())
                .add(sample.timestamp(), sample.value(), sample.timestamp() - reach);
      }
    }
    limit();
    return Admission.all(vector.size());
  }

  /// Tells those who read a series that it is written.
  private boolean isRead(Labels series) {
    List<Touches> interested =
        readersOf.computeIfAbsent(
            series,
            labels -> readers.values().stream().filter(reader -> reader.reads(labels)).toList());
    interested.forEach(reader -> reader.count++);
    return !interested.isEmpty();
  }

  /// Writes what will be so at a time that is still to come. Whoever reads it sees all of it at its
  /// time, so that it changes no answer that was given.
  void foretell(Labels labels, long timestamp, double value) {
    size += column(labels).add(timestamp, value, passed - reach);
    limit();
  }

  /// Likewise.
  void foretell(Labels labels, long timestamp, Histogram value) {
    size += column(labels).add(timestamp, value, passed - reach);
    limit();
  }

  private Column column(Labels labels) {
    return columns
        .computeIfAbsent(labels.metric(), _ -> new HashMap<>())
        .computeIfAbsent(labels, Column::new);
  }

  private void limit() {
    if (size > MOST) {
      throw OverLimit.cost("the rules of a backtest record more than " + MOST + " samples");
    }
  }

  /// The series that a selection finds: the stored ones without what is not seen, and our own.
  public List<? extends StoredSeries> over(
      List<? extends StoredSeries> stored, List<Matcher> matchers, long fromMillis, long toMillis) {
    List<? extends StoredSeries> seen =
        below.isPresent() ? below.get().over(stored, matchers, fromMillis, toMillis) : stored;
    if (!written.mayMatch(matchers)) {
      return seen;
    }
    Map<Labels, StoredSeries> found = new HashMap<>();
    List<StoredSeries> all = new ArrayList<>();
    for (StoredSeries series : seen) {
      if (written.has(series.labels())) {
        found.put(series.labels(), new Early(series, from));
      } else {
        all.add(series);
      }
    }
    columns.forEach((metric, each) -> {
      if (isOf(metric, matchers)) {
        each.forEach((labels, column) -> {
          if (Matcher.allMatch(matchers, labels)) {
            found.merge(labels, column.between(fromMillis, toMillis), Joined::new);
          }
        });
      }
    });
    all.addAll(found.values());
    return all;
  }

  private static boolean isOf(String metric, List<Matcher> matchers) {
    return matchers.stream()
        .filter(matcher -> matcher.name().equals(Labels.NAME))
        .allMatch(matcher -> matcher.matches(metric));
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
      int histogram = into.histogramCount();
      series.read(into);
      while (at < into.size() && into.timestamp(at) < end) {
        at++;
      }
      into.cut(at);
      while (histogram < into.histogramCount() && into.histogramTimestamp(histogram) < end) {
        histogram++;
      }
      into.cutHistograms(histogram);
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
