package hinomi.metricstore.append;

import hinomi.metricstore.block.Blocks;
import hinomi.metricstore.head.Head;
import hinomi.metricstore.head.HeadSeries;
import hinomi.metricstore.head.SeriesPage;
import hinomi.metricstore.index.LabelFault;
import hinomi.metricstore.index.LabelScan;
import hinomi.model.Histogram;
import hinomi.model.LabelBytes;
import hinomi.model.Points;
import hinomi.model.WriteBatch;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Decides sample by sample who may pass, before anything is logged: what the log holds is never
/// refused later. The rules follow Prometheus 3 with an out-of-order window, and are kinder in one
/// point: a series that is known may go on where it stopped, however long ago, so that an agent can
/// deliver what it had to keep.
///
/// The committing thread alone asks.
public final class Gate {
  private static final Points NOTHING = new Points(0);
  private static final long EARLIEST = -(1L << 50);

  private final Head head;
  private final Blocks blocks;
  private final Limits limits;
  private final LabelScan scan;
  private final Group group;

  /// @param maxAhead how many milliseconds a timestamp may be ahead of the clock
  /// @param lateWindow how many milliseconds a sample may be behind its series' newest, or the
  ///   first sample of a new series behind the oldest in memory
  /// @param pastWindow how many milliseconds a sample of [Era#PAST] may be behind the clock
  /// @param maxSeries how many series may be known at once
  /// @param maxPerMetric how many of one metric; 0 is without limit
  /// @param maxPerInstance how many with one value of the label `instance`; 0 is without limit
  /// @param maxLabels how many labels a series may have
  /// @param starts whether start timestamps are kept
  public record Limits(
      long maxAhead,
      long lateWindow,
      long pastWindow,
      int maxSeries,
      int maxPerMetric,
      int maxPerInstance,
      int maxLabels,
      boolean starts) {}

  public Gate(Head head, Blocks blocks, Limits limits) {
    this.head = head;
    this.blocks = blocks;
    this.limits = limits;
    this.scan = new LabelScan(limits.maxLabels());
    this.group = new Group();
  }

  /// The group that is being admitted.
  Group group() {
    return group;
  }

  /// Adds what passes to the group, and tells the batch about every sample.
  ///
  /// @param now milliseconds since the epoch
  void admit(Batch batch, long now) {
    long latest = latest(now);
    WriteBatch written = batch.written();
    int before = group.size();
    for (int i = 0; i < written.seriesCount(); i++) {
      int number = batch.number(i);
      SeriesPage page = number == Head.UNKNOWN_SERIES ? null : head.page(number);
      if (page == null || page.isForgotten(number)) {
        begin(batch, i, latest);
      } else {
        continued(batch, i, page, written.firstPoint(i), latest);
      }
    }
    if (limits.starts() && written.startCount() > 0) {
      tellStarts(batch, before);
    }
    for (WriteBatch.HistogramPoint point : written.histograms()) {
      Reason reason = judge(batch, point, latest);
      if (reason == null) {
        batch.acceptHistogram();
      } else {
        batch.refuse(reason, point.series(), point.timestamp());
      }
    }
  }

  /// What a batch added to the group stands there in the batch's order.
  private void tellStarts(Batch batch, int before) {
    WriteBatch written = batch.written();
    int at = before;
    for (int i = 0; i < written.seriesCount(); i++) {
      for (int point = written.firstPoint(i); point < written.firstPoint(i + 1); point++) {
        long timestamp = written.timestamp(point);
        if (at < group.size()
            && group.number(at) == batch.number(i)
            && group.timestamp(at) == timestamp) {
          group.startedAt(at++, group.believed(written.start(point), timestamp));
        }
      }
    }
  }

  private long latest(long now) {
    long latest = now + limits.maxAhead();
    return latest < now ? Long.MAX_VALUE : latest;
  }

  /// The points of a series that the head knows, from one on.
  private void continued(Batch batch, int i, SeriesPage page, int fromPoint, long latest) {
    WriteBatch written = batch.written();
    int number = batch.number(i);
    int end = written.firstPoint(i + 1);
    int accepted = 0;
    for (int point = fromPoint; point < end; point++) {
      long timestamp = written.timestamp(point);
      long bits = Double.doubleToRawLongBits(written.value(point));
      if (timestamp > group.newest(page, number) && timestamp <= latest && timestamp >= EARLIEST) {
        group.addNewest(page, number, timestamp, bits);
        accepted++;
        continue;
      }
      Reason reason = judge(batch, known(number), point, latest);
      if (reason == null) {
        accepted++;
      } else {
        batch.refuse(reason, i, timestamp);
      }
    }
    batch.accept(accepted);
  }

  private HeadSeries known(int number) {
    HeadSeries series = head.living(number);
    if (series == null) {
      throw new IllegalStateException("BUG: a series that is not forgotten is gone");
    }
    return series;
  }

  private @Nullable Reason judge(Batch batch, HeadSeries series, int point, long latest) {
    long timestamp = batch.written().timestamp(point);
    long bits = Double.doubleToRawLongBits(batch.written().value(point));
    Reason reason = judgeTime(batch, series, timestamp, latest);
    if (reason != null) {
      return reason;
    }
    OptionalLong held = held(series, timestamp);
    if (held.isPresent()) {
      return held.getAsLong() == bits ? null : Reason.DUPLICATE_TIMESTAMP;
    }
    if (heldHistogram(series, timestamp) != null) {
      return Reason.DUPLICATE_TIMESTAMP;
    }
    Points flushed = blocks.at(head.names().labels(series), timestamp);
    if (!flushed.isEmpty()) {
      return isHeld(flushed, bits) ? null : Reason.DUPLICATE_TIMESTAMP;
    }
    group.add(series, timestamp, bits);
    return null;
  }

  private @Nullable Reason judgeTime(Batch batch, HeadSeries series, long timestamp, long latest) {
    if (timestamp > latest) {
      return Reason.TOO_FAR_IN_FUTURE;
    }
    if (timestamp < EARLIEST) {
      return Reason.OUT_OF_BOUNDS;
    }
    long newest = group.newest(series);
    long earliest = batch.era() == Era.PAST ? earliestPast(latest) : newest - limits.lateWindow();
    return newest != Long.MIN_VALUE && timestamp < earliest ? Reason.TOO_OLD : null;
  }

  private static boolean isHeld(Points flushed, long bits) {
    return flushed.size() > 0 && Double.doubleToRawLongBits(flushed.value(0)) == bits;
  }

  private static boolean isHeld(Points flushed, Histogram histogram) {
    return flushed.histogramCount() > 0 && flushed.histogram(0).equals(histogram);
  }

  private OptionalLong held(HeadSeries series, long timestamp) {
    OptionalLong held = series.bitsAt(timestamp);
    return held.isEmpty() ? group.bitsAt(series, timestamp) : held;
  }

  private @Nullable Histogram heldHistogram(HeadSeries series, long timestamp) {
    Histogram held = series.histogramAt(timestamp);
    return held == null ? group.histogramAt(series, timestamp) : held;
  }

  /// The points of a series that the sender's thread did not find.
  private void begin(Batch batch, int i, long latest) {
    WriteBatch written = batch.written();
    int end = written.firstPoint(i + 1);
    for (int point = written.firstPoint(i); point < end; point++) {
      long timestamp = written.timestamp(point);
      Reason reason = lookUp(batch, i);
      HeadSeries series = head.living(batch.number(i));
      if (reason == null && series != null) {
        continued(batch, i, series.page(), point, latest);
        return;
      }
      if (reason == null) {
        Points flushed = flushedOfUnknown(timestamp);
        if (!flushed.isEmpty()) {
          reason =
              isHeld(flushed, Double.doubleToRawLongBits(written.value(point)))
                  ? null
                  : Reason.DUPLICATE_TIMESTAMP;
          batch.accept(reason == null ? 1 : 0);
        } else {
          reason = create(batch, i, timestamp, latest);
          point -= reason == null ? 1 : 0; // the same point once more, of a series now known
        }
      }
      if (reason != null) {
        batch.refuse(reason, i, timestamp);
      }
    }
  }

  /// Finds a series of a batch; one that is not known is looked through and stays null.
  private @Nullable Reason lookUp(Batch batch, int i) {
    WriteBatch written = batch.written();
    int from = written.from(i);
    int to = written.to(i);
    HeadSeries series = head.find(written.names(), from, to);
    if (series == null) {
      LabelFault fault = scan.scan(written.names(), from, to);
      if (fault != null) {
        return Reason.of(fault);
      }
      if (!scan.wasCanonical()) {
        series = head.find(scan.bytes(), scan.from(), scan.to());
        if (series != null) {
          head.addSpelling(series, written.names(), from, to);
        }
      }
    }
    batch.setNumber(i, series == null ? Head.UNKNOWN_SERIES : series.number());
    return null;
  }

  /// What blocks hold of a series that memory does not know; nearly always there is nothing so old.
  private Points flushedOfUnknown(long timestamp) {
    return timestamp <= blocks.last()
        ? blocks.at(LabelBytes.decode(scan.bytes(), scan.from(), scan.to()), timestamp)
        : NOTHING;
  }

  /// Begins the series that was looked through, with a sample of this time.
  private @Nullable Reason create(Batch batch, int i, long timestamp, long latest) {
    Reason reason = mayBegin(batch, timestamp, latest);
    if (reason == null) {
      batch.setNumber(i, head.create(scan).number());
    }
    return reason;
  }

  private @Nullable Reason mayBegin(Batch batch, long timestamp, long latest) {
    if (timestamp > latest) {
      return Reason.TOO_FAR_IN_FUTURE;
    }
    if (timestamp < Math.max(EARLIEST, earliest(batch, latest))) {
      return Reason.OUT_OF_BOUNDS;
    }
    if (head.size() >= limits.maxSeries()) {
      return Reason.SERIES_LIMIT;
    }
    if (limits.maxPerMetric() > 0 && head.count(scan, scan.metric()) >= limits.maxPerMetric()) {
      return Reason.METRIC_SERIES_LIMIT;
    }
    return limits.maxPerInstance() > 0
            && scan.instance() != LabelScan.NONE
            && head.count(scan, scan.instance()) >= limits.maxPerInstance()
        ? Reason.INSTANCE_SERIES_LIMIT
        : null;
  }

  /// When the first sample of a new series may be.
  private long earliest(Batch batch, long latest) {
    if (batch.era() == Era.PAST) {
      return earliestPast(latest);
    }
    long oldest = head.oldest();
    return oldest == Long.MAX_VALUE ? Long.MIN_VALUE : oldest - limits.lateWindow();
  }

  private long earliestPast(long latest) {
    return latest - limits.maxAhead() - limits.pastWindow();
  }

  private @Nullable Reason judge(Batch batch, WriteBatch.HistogramPoint point, long latest) {
    HeadSeries series = head.living(batch.number(point.series()));
    Reason reason = null;
    if (series == null) {
      reason = lookUp(batch, point.series());
      if (reason == null && batch.number(point.series()) == Head.UNKNOWN_SERIES) {
        Points flushed = flushedOfUnknown(point.timestamp());
        if (!flushed.isEmpty()) {
          return isHeld(flushed, point.value()) ? null : Reason.DUPLICATE_TIMESTAMP;
        }
        reason = create(batch, point.series(), point.timestamp(), latest);
      }
      series = head.living(batch.number(point.series()));
    }
    if (reason != null || series == null) {
      return reason;
    }
    reason = judgeTime(batch, series, point.timestamp(), latest);
    if (reason != null) {
      return reason;
    }
    if (point.timestamp() <= group.newest(series)) {
      Histogram held = heldHistogram(series, point.timestamp());
      if (held != null) {
        return held.equals(point.value()) ? null : Reason.DUPLICATE_TIMESTAMP;
      }
      if (held(series, point.timestamp()).isPresent()) {
        return Reason.DUPLICATE_TIMESTAMP;
      }
      Points flushed = blocks.at(head.names().labels(series), point.timestamp());
      if (!flushed.isEmpty()) {
        return isHeld(flushed, point.value()) ? null : Reason.DUPLICATE_TIMESTAMP;
      }
    }
    long start = limits.starts() ? group.believed(point.start(), point.timestamp()) : 0;
    group.addHistogram(series, point.timestamp(), point.value(), start);
    return null;
  }
}
