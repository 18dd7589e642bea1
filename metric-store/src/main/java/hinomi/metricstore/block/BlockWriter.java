package hinomi.metricstore.block;

import hinomi.metricstore.dense.DenseEncoder;
import hinomi.metricstore.dense.HistogramEncoder;
import hinomi.metricstore.disk.ByteSink;
import hinomi.metricstore.disk.Disk;
import hinomi.metricstore.disk.Frames;
import hinomi.metricstore.disk.Volume;
import hinomi.model.Labels;
import hinomi.model.Points;
import hinomi.model.StoredSeries;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/// Writes one block, series by series: chunks as they come, then the index over them, then the
/// footer. What it keeps in memory is one series and the index. The layout is drawn in
/// `docs/formats/metric-store.md`. One thread, one file.
final class BlockWriter {
  private static final int CUT = 1 << 20;
  private static final byte[] NO_COLUMN = {};

  private final FileChannel channel;
  private final ByteSink chunks = new ByteSink(1 << 16);
  private final HistogramEncoder histograms = new HistogramEncoder();
  private final DenseEncoder numbers = new DenseEncoder();
  private final TimesWriter times = new TimesWriter();
  private final IndexWriter index = new IndexWriter();
  private final Points points = new Points(Packing.MOST_SAMPLES);
  private long offset;
  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;
  private long samples;

  private BlockWriter(FileChannel channel) {
    this.channel = channel;
  }

  /// Writes and syncs a file that nobody reads yet; false when there was not one sample to write.
  ///
  /// @param sorted by [SeriesOrder], each once
  /// @param replaces the numbers of the blocks that it stands in for
  /// @param stop asked before each series: true ends it with a `CancellationException`
  static boolean write(
      Volume volume,
      Path temporary,
      Iterator<? extends StoredSeries> sorted,
      List<Long> replaces,
      BooleanSupplier stop)
      throws IOException {
    try (FileChannel channel = volume.create(temporary)) {
      BlockWriter writer = new BlockWriter(channel);
      writer.chunks.putLong(Footer.MAGIC);
      while (sorted.hasNext()) {
        if (stop.getAsBoolean()) {
          throw new CancellationException("the block is not wanted any more");
        }
        writer.add(sorted.next());
      }
      if (writer.index.series() == 0) {
        return false;
      }
      writer.finish(replaces);
      channel.force(true);
      return true;
    }
  }

  private void add(StoredSeries series) throws IOException {
    points.clear();
    series.read(points);
    if (points.isEmpty()) {
      return;
    }
    Labels labels = series.labels();
    long begin = offset + chunks.size();
    List<Place> places = new ArrayList<>(1);
    addNumbers(places);
    addHistograms(places);
    index.add(labels, begin, places);
    if (chunks.size() > CUT) {
      flush();
    }
  }

  private void addNumbers(List<Place> places) {
    int size = points.size();
    int parts = (size + Packing.MOST_SAMPLES - 1) / Packing.MOST_SAMPLES;
    for (int i = 0; i < parts; i++) {
      int from = (int) ((long) size * i / parts);
      int to = (int) ((long) size * (i + 1) / parts);
      Place.Times column = times(points.timestamps(), from, to);
      int begin = chunks.size();
      numbers.encodeValues(points.values(), from, to, chunks);
      places.add(sampled(place(column, begin, Encoding.DENSE)));
      addStarts(places, column, from, to);
    }
  }

  /// Behind the numbers that have some.
  private void addStarts(List<Place> places, Place.Times column, int from, int to) {
    if (points.hasStarts()) {
      double[] starts = new double[to - from];
      Arrays.setAll(starts, i -> points.start(from + i));
      addStarts(places, column, starts);
    }
  }

  private void addStarts(List<Place> places, Place.Times column, double[] starts) {
    if (Arrays.stream(starts).anyMatch(start -> start != 0)) {
      int begin = chunks.size();
      numbers.encodeValues(starts, 0, starts.length, chunks);
      places.add(place(column, begin, Encoding.STARTS));
    }
  }

  private void addHistograms(List<Place> places) {
    for (int from = 0; from < points.histogramCount(); ) {
      int to = HistogramEncoder.end(points, from);
      int begin = chunks.size();
      histograms.encode(points, from, to, chunks);
      long first = points.histogramTimestamp(from);
      long last = points.histogramTimestamp(to - 1);
      Place.Times own = new Place.Times(0, 0, 0, to - from, first, last, 0);
      places.add(sampled(place(times.add(own, NO_COLUMN), begin, Encoding.HISTOGRAM)));
      addHistogramStarts(places, from, to);
      from = to;
    }
  }

  private void addHistogramStarts(List<Place> places, int from, int to) {
    double[] starts = new double[points.hasStarts() ? to - from : 0];
    Arrays.setAll(starts, i -> points.histogramStart(from + i));
    if (Arrays.stream(starts).anyMatch(start -> start != 0)) {
      long[] own = new long[to - from];
      Arrays.setAll(own, i -> points.histogramTimestamp(from + i));
      addStarts(places, times(own, 0, own.length), starts);
    }
  }

  /// The column of some times, which is written if there is none like it.
  private Place.Times times(long[] all, int from, int to) {
    Place.Times known = times.find(all, from, to);
    if (known != null) {
      return known;
    }
    Place.Times packed = packed(all, from, to);
    times.remember(all, from, to, packed);
    return packed;
  }

  private Place.Times packed(long[] all, int from, int to) {
    int begin = chunks.size();
    numbers.encodeTimes(all, from, to, chunks);
    int length = chunks.size() - begin;
    Place.Times known = times.find(to - from, chunks, begin, length);
    if (known != null) {
      chunks.shrink(begin);
      return known;
    }
    return times.add(
        new Place.Times(
            0,
            offset + begin,
            length,
            to - from,
            all[from],
            all[to - 1],
            Frames.checksum(chunks.bytes(), begin, length)),
        Arrays.copyOfRange(chunks.bytes(), begin, begin + length));
  }

  private Place place(Place.Times column, int begin, Encoding encoding) {
    int length = chunks.size() - begin;
    int checksum = Frames.checksum(chunks.bytes(), begin, length);
    return new Place(column, offset + begin, length, encoding, checksum);
  }

  private Place sampled(Place place) {
    first = Math.min(first, place.first());
    last = Math.max(last, place.last());
    samples += place.count();
    return place;
  }

  private void flush() throws IOException {
    Disk.write(channel, chunks.bytes(), chunks.size());
    offset += chunks.size();
    chunks.shrink(0);
  }

  private void finish(List<Long> replaces) throws IOException {
    flush();
    Footer.Places places = index.finish(times.table());
    ByteSink bytes = index.bytes();
    Disk.write(channel, bytes.bytes(), bytes.size());
    Footer footer =
        new Footer(
            first,
            last,
            samples,
            offset,
            bytes.size(),
            index.series(),
            places,
            Frames.checksum(bytes.bytes(), 0, bytes.size()),
            replaces);
    byte[] end = footer.bytes();
    Disk.write(channel, end, end.length);
  }
}
