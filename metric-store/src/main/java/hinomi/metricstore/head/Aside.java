package hinomi.metricstore.head;

import hinomi.metricstore.chunk.Chunk;
import hinomi.metricstore.chunk.Piece;
import hinomi.metricstore.chunk.Starts;
import hinomi.model.Histogram;
import hinomi.model.Points;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What most series do not have: numbers that came late, histograms, and start timestamps.
/// Immutable, so that a query keeps reading what it took.
///
/// @param lateWhole chunks of late numbers, which may overlap all others
/// @param late numbers that came late and are not packed yet
/// @param histogramsWhole those that grow no more, packed; they may overlap where some came late
/// @param histograms that came last
/// @param starts since when samples count, those in order included
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
record Aside(
    Chunk[] lateWhole,
    LateSamples late,
    HistogramChunk[] histogramsWhole,
    HistogramRun histograms,
    Starts starts) {
  static final Aside NOTHING =
      new Aside(
          new Chunk[0], LateSamples.NONE, new HistogramChunk[0], HistogramRun.NONE, Starts.NONE);

  private static final int MOST_LATE = 128;
  private static final int MOST_HISTOGRAMS = 120;

  Aside withLate(long timestamp, long bits, long span) {
    LateSamples more = late.with(timestamp, bits);
    if (more.count() < MOST_LATE) {
      return new Aside(lateWhole, more, histogramsWhole, histograms, starts);
    }
    List<Chunk> packed = new ArrayList<>(List.of(lateWhole));
    packed.addAll(more.packed(span));
    return new Aside(
        packed.toArray(Chunk[]::new), LateSamples.NONE, histogramsWhole, histograms, starts);
  }

  Aside withHistogram(long timestamp, Histogram value, long span) {
    HistogramRun more = histograms.with(timestamp, value);
    if (more.count() < MOST_HISTOGRAMS) {
      return new Aside(lateWhole, late, histogramsWhole, more, starts);
    }
    List<HistogramChunk> whole = new ArrayList<>(List.of(histogramsWhole));
    more.cut(span).forEach(run -> whole.addAll(HistogramChunk.of(run)));
    return new Aside(
        lateWhole, late, whole.toArray(HistogramChunk[]::new), HistogramRun.NONE, starts);
  }

  Aside withStarts(Starts others) {
    return new Aside(lateWhole, late, histogramsWhole, histograms, others);
  }

  /// The raw bits of a late number at a timestamp.
  OptionalLong bitsAt(long timestamp) {
    OptionalLong found = late.bitsAt(timestamp);
    for (int i = lateWhole.length - 1; i >= 0 && found.isEmpty(); i--) {
      found = lateWhole[i].bitsAt(timestamp);
    }
    return found;
  }

  @Nullable Histogram histogramAt(long timestamp) {
    Histogram found = histograms.at(timestamp);
    for (int i = histogramsWhole.length - 1; i >= 0 && found == null; i--) {
      if (histogramsWhole[i].overlaps(timestamp, timestamp)) {
        Points points = new Points(0);
        histogramsWhole[i].read(timestamp, timestamp, points);
        found = points.histogramCount() > 0 ? points.histogram(0) : null;
      }
    }
    return found;
  }

  boolean hasHistograms() {
    return histograms.count() > 0 || histogramsWhole.length > 0;
  }

  /// Whether no samples lie here.
  boolean isNothing() {
    return late.count() == 0 && lateWhole.length == 0 && !hasHistograms();
  }

  /// Whether a piece may hold samples between two times, both included.
  boolean overlaps(long from, long to) {
    boolean[] any = {false};
    if (!isNothing()) {
      each(piece -> any[0] |= piece.overlaps(from, to));
    }
    return any[0];
  }

  /// Timestamp of the earliest sample; `Long.MAX_VALUE` when there is none.
  long first() {
    long[] first = {Long.MAX_VALUE};
    if (!isNothing()) {
      each(piece -> first[0] = piece.count() == 0 ? first[0] : Math.min(first[0], piece.first()));
    }
    return first[0];
  }

  void each(Consumer<Piece> taker) {
    for (Chunk chunk : lateWhole) {
      taker.accept(chunk);
    }
    for (HistogramChunk chunk : histogramsWhole) {
      taker.accept(chunk);
    }
    taker.accept(late);
    taker.accept(histograms);
  }

  /// Everything before a time, which is a multiple of the span.
  Aside before(long end) {
    return new Aside(
        Arrays.stream(lateWhole).filter(chunk -> chunk.last() < end).toArray(Chunk[]::new),
        late.before(end),
        Arrays.stream(histogramsWhole)
            .filter(run -> run.last() < end)
            .toArray(HistogramChunk[]::new),
        histograms.between(Long.MIN_VALUE, end),
        starts);
  }

  /// This without what [#before] gave.
  Aside without(Aside held) {
    List<Chunk> chunks = new ArrayList<>(List.of(lateWhole));
    chunks.removeIf(chunk -> List.of(held.lateWhole).contains(chunk)); // by identity
    List<HistogramChunk> packed = new ArrayList<>(List.of(histogramsWhole));
    packed.removeIf(chunk -> List.of(held.histogramsWhole).contains(chunk));
    return new Aside(
        chunks.toArray(Chunk[]::new),
        late.without(held.late),
        packed.toArray(HistogramChunk[]::new),
        histograms.without(held.histograms),
        starts);
  }
}
