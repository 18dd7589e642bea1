package hinomi.metricstore.append;

import hinomi.metricstore.block.Blocks;
import hinomi.metricstore.head.Head;
import hinomi.metricstore.head.HeadSeries;
import hinomi.model.Labels;
import hinomi.model.Sample;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Decides sample by sample who may pass, before anything is logged: what the log holds is never
/// refused later. The rules follow Prometheus 3 with an out-of-order window, and are kinder in one
/// point: a series that is known may go on where it stopped, however long ago, so that an agent can
/// deliver what it had to keep.
///
/// The committing thread alone asks.
public final class Gate {
  private static final int MOST_LABEL_CHARS = 1 << 16;
  private static final long EARLIEST = -(1L << 50);

  private final Head head;
  private final Blocks blocks;
  private final Limits limits;

  /// @param maxAhead how many milliseconds a timestamp may be ahead of the clock
  /// @param lateWindow how many milliseconds a sample may be behind its series' newest, or the
  ///   first sample of a new series behind the oldest in memory
  /// @param maxSeries how many series may be known at once
  public record Limits(long maxAhead, long lateWindow, int maxSeries) {}

  public Gate(Head head, Blocks blocks, Limits limits) {
    this.head = head;
    this.blocks = blocks;
    this.limits = limits;
  }

  /// Adds what passes to the group, and tells the batch about every sample.
  ///
  /// @param now milliseconds since the epoch
  void admit(Batch batch, Group group, long now) {
    for (Sample sample : batch.samples()) {
      Reason reason = judge(sample, group, now);
      if (reason == null) {
        batch.accept();
      } else {
        batch.refuse(reason, sample);
      }
    }
  }

  private @Nullable Reason judge(Sample sample, Group group, long now) {
    long timestamp = sample.timestamp();
    if (timestamp - limits.maxAhead() > now && timestamp > now) {
      return Reason.TOO_FAR_IN_FUTURE;
    }
    if (timestamp < EARLIEST) {
      return Reason.OUT_OF_BOUNDS;
    }
    HeadSeries series = head.find(sample.labels()).orElse(null);
    long bits = Double.doubleToRawLongBits(sample.value());
    return series == null
        ? begin(sample.labels(), timestamp, bits, group)
        : continued(series, timestamp, bits, group);
  }

  private @Nullable Reason begin(Labels labels, long timestamp, long bits, Group group) {
    if (!labels.has(Labels.NAME)) {
      return Reason.MISSING_NAME;
    }
    if (!storable(labels)) {
      return Reason.BAD_LABELS;
    }
    if (timestamp < head.oldest() - limits.lateWindow() && head.oldest() != Long.MAX_VALUE) {
      return Reason.OUT_OF_BOUNDS;
    }
    OptionalLong held = blocks.bitsAt(labels, timestamp);
    if (held.isPresent()) {
      return same(held.getAsLong(), bits);
    }
    if (head.size() >= limits.maxSeries()) {
      return Reason.SERIES_LIMIT;
    }
    group.add(head.create(labels), timestamp, bits);
    return null;
  }

  private @Nullable Reason continued(HeadSeries series, long timestamp, long bits, Group group) {
    long newest = series.newestIn(group.number());
    if (timestamp == newest) {
      return same(series.newestBitsIn(group.number()), bits);
    }
    if (timestamp < newest) {
      if (timestamp < newest - limits.lateWindow()) {
        return Reason.TOO_OLD;
      }
      OptionalLong held = held(series, timestamp, group);
      if (held.isPresent()) {
        return same(held.getAsLong(), bits);
      }
    }
    group.add(series, timestamp, bits);
    return null;
  }

  private OptionalLong held(HeadSeries series, long timestamp, Group group) {
    OptionalLong held = series.bitsAt(timestamp);
    if (held.isEmpty()) {
      held = group.bitsAt(series, timestamp);
    }
    return held.isEmpty() ? blocks.bitsAt(series.labels(), timestamp) : held;
  }

  /// The same sample again is welcome, for senders repeat what was not acknowledged in time.
  private static @Nullable Reason same(long held, long bits) {
    return held == bits ? null : Reason.DUPLICATE_TIMESTAMP;
  }

  /// Whether the labels come back from the disk as they are: half a surrogate pair has no UTF-8.
  private static boolean storable(Labels labels) {
    int length = 0;
    for (int i = 0; i < labels.size(); i++) {
      length += labels.name(i).length() + labels.value(i).length();
      if (!wellFormed(labels.name(i)) || !wellFormed(labels.value(i))) {
        return false;
      }
    }
    return length <= MOST_LABEL_CHARS;
  }

  private static boolean wellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        boolean pair =
            i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
        if (!pair) {
          return false;
        }
        i++;
      }
    }
    return true;
  }
}
