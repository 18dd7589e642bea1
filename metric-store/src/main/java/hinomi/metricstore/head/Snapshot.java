package hinomi.metricstore.head;

import hinomi.disk.Durably;
import hinomi.metricstore.chunk.Chunk;
import hinomi.metricstore.disk.ByteSink;
import hinomi.metricstore.disk.ByteSource;
import hinomi.metricstore.disk.Disk;
import hinomi.metricstore.disk.FrameReader;
import hinomi.metricstore.disk.Frames;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
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

  private static final int BOUNDS = 1;
  private static final int NAMES = 2;
  private static final int SAMPLES = 3;
  private static final int CUT = 1 << 18;

  private final FileChannel channel;
  private final Frames frames = new Frames(2 * CUT, 0);

  private Snapshot(FileChannel channel) {
    this.channel = channel;
  }

  /// What a snapshot says about the log behind it.
  ///
  /// @param segment the lowest that counts
  /// @param nextSequence the number records go on from
  /// @param damaged how many damaged frames were stepped over
  public record Found(long segment, long nextSequence, int damaged) {}

  /// Writes a snapshot; durable when this returns.
  public static void write(Path folder, long segment, long nextSequence, Head.Capture capture)
      throws IOException {
    Path file = folder.resolve(String.format(Locale.ROOT, "%012d%s", segment, ENDING));
    Path temporary = folder.resolve(file.getFileName() + ".tmp");
    try (FileChannel channel =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      new Snapshot(channel).write(nextSequence, capture);
      channel.force(true);
    }
    Durably.rename(temporary, file);
  }

  private void write(long nextSequence, Head.Capture capture) throws IOException {
    bounds(nextSequence, capture);
    names(capture.series());
    samples(capture);
    names(capture.series());
    bounds(nextSequence, capture);
  }

  private void bounds(long nextSequence, Head.Capture capture) throws IOException {
    ByteSink sink = begin(BOUNDS);
    sink.putLong(nextSequence);
    sink.putInt(capture.nextNumber());
    sink.putLong(capture.oldest());
    sink.putLong(capture.flushedThrough());
    end();
  }

  private void names(List<SeriesView> all) throws IOException {
    ByteSink sink = begin(NAMES);
    for (SeriesView view : all) {
      if (frames.payload() > CUT) {
        end();
        sink = begin(NAMES);
      }
      sink.putVarint(view.series().number());
      sink.putLabels(view.labels());
    }
    end();
  }

  private void samples(Head.Capture capture) throws IOException {
    ByteSink sink = begin(SAMPLES);
    for (SeriesView view : capture.series()) {
      if (frames.payload() > CUT) {
        end();
        sink = begin(SAMPLES);
      }
      sink.putVarint(view.series().number());
      sink.putLong(view.newest());
      sink.putLong(view.newestBits());
      put(sink, List.of(view.inOrder()));
      List<Chunk> late = view.late().packed(capture.span());
      late.addAll(List.of(view.lateWhole()));
      put(sink, late);
    }
    end();
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
  public static Optional<Found> read(Path folder, Path quarantine, Head head) throws IOException {
    List<Path> files = Disk.files(folder, ENDING);
    if (files.isEmpty()) {
      return Optional.empty();
    }
    Path file = files.getLast();
    Reader reader = new Reader(head);
    each(file, reader::names); // first all names, for one copy of them may be damaged
    int damaged = each(file, reader::samples);
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
    return Optional.of(new Found(segment(file), reader.nextSequence, damaged));
  }

  /// Returns how many places were damaged.
  private static int each(Path file, Consumer<ByteSource> reader) throws IOException {
    int notUnderstood = 0;
    try (FrameReader frames = new FrameReader(file, 0)) {
      for (var frame = frames.next(); frame.isPresent(); frame = frames.next()) {
        try {
          reader.accept(new ByteSource(frame.get().payload()));
        } catch (RuntimeException e) {
          // What passed its checksum and still cannot be read must not stop every start.
          log.atError().addKeyValue("snapshot", file).setCause(e).log("frame not understood");
          notUnderstood++;
        }
      }
      return notUnderstood + frames.damages().size();
    }
  }

  private static final class Reader {
    private final Head head;
    private long nextSequence;

    Reader(Head head) {
      this.head = head;
    }

    void names(ByteSource source) {
      int kind = source.takeByte();
      if (kind == BOUNDS) {
        nextSequence = source.takeLong();
        head.restoreBounds(source.takeInt(), source.takeLong(), source.takeLong());
      }
      while (kind == NAMES && source.hasMore()) {
        head.restore(source.takeCount(), source.takeLabels()).setNamed(2);
      }
    }

    void samples(ByteSource source) {
      int kind = source.takeByte();
      while (kind == SAMPLES && source.hasMore()) {
        HeadSeries series = head.byNumber(source.takeCount());
        long newest = source.takeLong();
        long newestBits = source.takeLong();
        Chunk[] inOrder = chunks(source);
        Chunk[] late = chunks(source);
        if (series != null) {
          series.restore(newest, newestBits, inOrder, late);
          head.restoreNewest(newest);
        }
      }
    }

    private static Chunk[] chunks(ByteSource source) {
      Chunk[] chunks = new Chunk[source.takeCount()];
      for (int i = 0; i < chunks.length; i++) {
        long first = source.takeLong();
        long last = source.takeLong();
        int count = source.takeCount();
        int length = source.takeCount();
        chunks[i] = new Chunk(source.take(length), length, count, first, last);
      }
      return chunks;
    }
  }

  /// Deletes the snapshots below the newest.
  public static void deleteBelow(Path folder, long segment) throws IOException {
    List<Path> all = Disk.files(folder, ENDING);
    Durably.delete(folder, all.stream().filter(file -> segment(file) < segment).toList());
  }

  private static long segment(Path file) {
    String name = String.valueOf(file.getFileName());
    return Long.parseLong(name.substring(0, name.length() - ENDING.length()));
  }
}
