package hinomi.metricstore.head;

import hinomi.metricstore.chunk.Chunk;
import hinomi.metricstore.chunk.HistogramBytes;
import hinomi.metricstore.chunk.Piece;
import hinomi.metricstore.disk.ByteSink;
import hinomi.metricstore.disk.Disk;
import hinomi.metricstore.disk.Frames;
import hinomi.metricstore.disk.Volume;
import hinomi.metricstore.exemplar.ExemplarBytes;
import hinomi.metricstore.metadata.MetadataBytes;
import hinomi.model.Points;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The head written down, so that the log before it can be deleted: `<segment>.snapshot` holds all
/// that the log held below that segment and no block holds. It has its name only when it is whole.
/// The series' names stand in it twice, for one damaged frame must not cost the samples that the
/// log goes on to give them. The layout is drawn in `docs/formats/metric-store.md`.
public final class Snapshot {
  private static final Logger log = LoggerFactory.getLogger(Snapshot.class);
  private static final String ENDING = ".snapshot";

  static final int BOUNDS = 1;
  static final int NAMES = 2;
  static final int SAMPLES = 3;
  static final int HISTOGRAMS = 4;
  static final int EXEMPLARS = 5;
  static final int METADATA = 6;
  static final int STARTS = 7;

  private static final int CUT = 1 << 18;
  private static final int SERIES = 1 << 14;

  private final FileChannel channel;
  private final Head head;
  private final Frames frames = new Frames(2 * CUT, 0);

  private Snapshot(FileChannel channel, Head head) {
    this.channel = channel;
    this.head = head;
  }

  /// What a snapshot says about the log behind it.
  ///
  /// @param segment the lowest that counts
  /// @param nextSequence the number records go on from
  /// @param damaged how many damaged frames were stepped over
  public record Found(long segment, long nextSequence, int damaged) {}

  /// Where snapshots lie: beside the log that they shorten.
  public record At(Volume volume, Path folder) {}

  /// Writes a snapshot; durable when this returns. It may hold samples that the log behind it holds
  /// too, for the head goes on meanwhile: each is one sample.
  public static void write(At at, long segment, long nextSequence, Head head, Beside beside)
      throws IOException {
    Path file = at.folder().resolve(String.format(Locale.ROOT, "%012d%s", segment, ENDING));
    Path temporary = at.folder().resolve(file.getFileName() + ".tmp");
    try (FileChannel channel = at.volume().create(temporary)) {
      Snapshot snapshot = new Snapshot(channel, head);
      snapshot.write(nextSequence);
      snapshot.write(beside);
      channel.force(true);
    }
    at.volume().rename(temporary, file);
  }

  private void write(long nextSequence) throws IOException {
    int end = head.nextNumber();
    bounds(nextSequence);
    each(end, this::names);
    each(end, this::samples);
    each(end, this::names);
    bounds(nextSequence);
  }

  private void write(Beside beside) throws IOException {
    List<Consumer<ByteSink>> exemplars = new ArrayList<>();
    beside
        .exemplars()
        .each((series, one) -> exemplars.add(sink -> ExemplarBytes.put(sink, series, one)));
    all(EXEMPLARS, exemplars);
    List<Consumer<ByteSink>> notes = new ArrayList<>();
    beside.notes().each(one -> notes.add(sink -> MetadataBytes.put(sink, one)));
    all(METADATA, notes);
  }

  private void all(int kind, List<Consumer<ByteSink>> entries) throws IOException {
    ByteSink sink = begin(kind);
    for (Consumer<ByteSink> entry : entries) {
      sink = roomy(sink, kind);
      entry.accept(sink);
    }
    end();
  }

  @FunctionalInterface
  private interface Part {
    void write(List<SeriesView> views) throws IOException;
  }

  /// Takes the head piece by piece, so that nobody waits long and little is held at once.
  private void each(int end, Part part) throws IOException {
    for (int from = 0; from < end; from += SERIES) {
      part.write(head.views(from, Math.min(end, from + SERIES)));
    }
  }

  private void bounds(long nextSequence) throws IOException {
    Head.Bounds bounds = head.bounds();
    ByteSink sink = begin(BOUNDS);
    sink.putLong(nextSequence);
    sink.putInt(bounds.nextNumber());
    sink.putLong(bounds.oldest());
    sink.putLong(bounds.newest());
    sink.putLong(bounds.flushedThrough());
    end();
  }

  private void names(List<SeriesView> views) throws IOException {
    ByteSink sink = begin(NAMES);
    for (SeriesView view : views) {
      sink = roomy(sink, NAMES);
      byte[] name = view.names().bytes(view.series());
      sink.putVarint(view.series().number());
      sink.putVarint(name.length);
      sink.put(name, name.length);
    }
    end();
  }

  private void samples(List<SeriesView> views) throws IOException {
    ByteSink sink = begin(SAMPLES);
    for (SeriesView view : views) {
      sink = roomy(sink, SAMPLES);
      sink.putVarint(view.series().number());
      sink.putLong(view.newest());
      put(sink, List.of(view.inOrder()));
      List<Chunk> late = view.aside().late().packed(head.span());
      late.addAll(List.of(view.aside().lateWhole()));
      put(sink, late);
    }
    end();
    for (SeriesView view : views) {
      if (view.aside().hasHistograms()) {
        histograms(view);
      }
    }
    // Behind the histograms: those are taken back without.
    starts(views.stream().filter(view -> !view.aside().starts().isNone()).toList());
  }

  private void starts(List<SeriesView> views) throws IOException {
    List<Consumer<ByteSink>> entries = new ArrayList<>();
    for (SeriesView view : views) {
      entries.add(sink -> {
        sink.putVarint(view.series().number());
        StartsBytes.put(sink, view.aside().starts());
      });
    }
    if (!entries.isEmpty()) {
      all(STARTS, entries);
    }
  }

  private void histograms(SeriesView view) throws IOException {
    List<Piece> pieces = new ArrayList<>(List.of(view.aside().histogramsWhole()));
    pieces.add(view.aside().histograms());
    for (Piece piece : pieces) {
      Points points = new Points(0);
      piece.read(Long.MIN_VALUE, Long.MAX_VALUE, points);
      ByteSink sink = begin(HISTOGRAMS);
      sink.putVarint(view.series().number());
      for (int i = 0; i < points.histogramCount(); i++) {
        sink.putLong(points.histogramTimestamp(i));
        HistogramBytes.put(sink, points.histogram(i));
      }
      end();
    }
  }

  private static void put(ByteSink sink, List<Chunk> chunks) {
    sink.putVarint(chunks.size());
    for (Chunk chunk : chunks) {
      sink.putLong(chunk.first());
      sink.putLong(chunk.last());
      sink.putVarint(chunk.count());
      sink.putVarint(chunk.length());
      sink.put(chunk.bytes(), chunk.length());
    }
  }

  private ByteSink roomy(ByteSink sink, int kind) throws IOException {
    if (frames.payload() <= CUT) {
      return sink;
    }
    end();
    return begin(kind);
  }

  private ByteSink begin(int kind) {
    ByteSink sink = frames.begin();
    sink.putByte(kind);
    return sink;
  }

  private void end() throws IOException {
    frames.end();
    Disk.write(channel, frames.bytes(), frames.size());
    frames.clear(frames.sequence());
  }

  /// Fills a head from the newest snapshot of a folder; one that is damaged is also copied aside,
  /// for it will be deleted when the next is written.
  public static Optional<Found> read(Path folder, Path quarantine, Head head, Beside beside)
      throws IOException {
    List<Path> files = Disk.files(folder, ENDING);
    if (files.isEmpty()) {
      return Optional.empty();
    }
    Path file = files.getLast();
    SnapshotReader reader = new SnapshotReader(head, beside);
    int damaged = reader.read(file);
    if (damaged > 0) {
      Files.createDirectories(quarantine);
      Path copy = quarantine.resolve(file.getFileName() + ".bad");
      Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      log.atError()
          .addKeyValue("snapshot", file)
          .addKeyValue("frames", damaged)
          .addKeyValue("copy", copy)
          .log("damaged snapshot, copied aside");
    }
    return Optional.of(new Found(segment(file), reader.nextSequence(), damaged));
  }

  /// Deletes the snapshots below the newest.
  public static void deleteBelow(At at, long segment) throws IOException {
    List<Path> all = Disk.files(at.folder(), ENDING);
    at.volume().delete(at.folder(), all.stream().filter(file -> segment(file) < segment).toList());
  }

  private static long segment(Path file) {
    String name = String.valueOf(file.getFileName());
    return Long.parseLong(name.substring(0, name.length() - ENDING.length()));
  }
}
