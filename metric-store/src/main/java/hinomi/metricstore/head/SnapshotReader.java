package hinomi.metricstore.head;

import hinomi.metricstore.chunk.Chunk;
import hinomi.metricstore.chunk.HistogramBytes;
import hinomi.metricstore.chunk.Starts;
import hinomi.metricstore.disk.ByteSource;
import hinomi.metricstore.disk.FrameReader;
import hinomi.metricstore.exemplar.ExemplarBytes;
import hinomi.metricstore.metadata.MetadataBytes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Fills a head from a [Snapshot]: chunks are taken as they are. What belongs to a series whose
/// name is damaged waits for the second copy of the names. One thread.
final class SnapshotReader {
  private static final Logger log = LoggerFactory.getLogger(SnapshotReader.class);

  private final Head head;
  private final Beside beside;
  private final RestoredNames names;
  private final List<byte[]> waiting = new ArrayList<>();
  private long nextSequence;

  SnapshotReader(Head head, Beside beside) {
    this.head = head;
    this.beside = beside;
    this.names = new RestoredNames(head);
  }

  /// The number that records of the log behind the snapshot go on from.
  long nextSequence() {
    return nextSequence;
  }

  /// Returns how many places were damaged.
  int read(Path file) throws IOException {
    int notUnderstood = 0;
    try (FrameReader frames = new FrameReader(file, 0)) {
      for (var frame = frames.next(); frame.isPresent(); frame = frames.next()) {
        notUnderstood += understood(file, frame.get().payload(), this::frame) ? 0 : 1;
      }
      for (byte[] payload : waiting) {
        notUnderstood += understood(file, payload, this::content) ? 0 : 1;
      }
      return notUnderstood + frames.damages().size();
    }
  }

  /// What passed its checksum and still cannot be read must not stop every start.
  private static boolean understood(Path file, byte[] payload, Predicate<byte[]> reader) {
    try {
      boolean _ = reader.test(payload);
      return true;
    } catch (RuntimeException e) {
      log.atError().addKeyValue("snapshot", file).setCause(e).log("frame not understood");
      return false;
    }
  }

  private boolean frame(byte[] payload) {
    ByteSource source = new ByteSource(payload);
    switch (source.takeByte()) {
      case Snapshot.BOUNDS -> bounds(source);
      case Snapshot.NAMES -> names(source);
      case Snapshot.EXEMPLARS -> ExemplarBytes.takeAll(source, beside.exemplars()::add);
      case Snapshot.METADATA -> MetadataBytes.takeAll(source, beside.notes()::add);
      default -> {
        if (!content(payload)) {
          waiting.add(payload);
        }
      }
    }
    return true;
  }

  private void bounds(ByteSource source) {
    nextSequence = source.takeLong();
    head.restoreBounds(
        new Head.Bounds(source.takeInt(), source.takeLong(), source.takeLong(), source.takeLong()));
  }

  private void names(ByteSource source) {
    while (source.hasMore()) {
      int number = source.takeCount();
      int length = source.takeCount();
      int from = source.position();
      source.skip(length);
      names.series(number, source.bytes(), from, from + length).setNamed(2);
    }
  }

  /// Takes samples in; false when the name of a series is not known yet. Doing it again does no
  /// harm.
  private boolean content(byte[] payload) {
    ByteSource source = new ByteSource(payload);
    return switch (source.takeByte()) {
      case Snapshot.SAMPLES -> samples(source);
      case Snapshot.HISTOGRAMS -> histograms(source);
      case Snapshot.STARTS -> starts(source);
      default -> throw new IllegalStateException("BUG: unknown kind of frame");
    };
  }

  private boolean samples(ByteSource source) {
    boolean known = true;
    while (source.hasMore()) {
      HeadSeries series = head.byNumber(source.takeCount());
      long newest = source.takeLong();
      Chunk[] inOrder = chunks(source);
      Chunk[] late = chunks(source);
      if (series != null) {
        series.restore(newest, inOrder, late);
      }
      known &= series != null;
    }
    return known;
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

  private boolean histograms(ByteSource source) {
    HeadSeries series = head.byNumber(source.takeCount());
    while (series != null && source.hasMore()) {
      head.restore(series, source.takeLong(), HistogramBytes.take(source), 0);
    }
    return series != null;
  }

  private boolean starts(ByteSource source) {
    boolean known = true;
    while (source.hasMore()) {
      HeadSeries series = head.byNumber(source.takeCount());
      Starts starts = StartsBytes.take(source);
      if (series != null) {
        head.restore(series, starts);
      }
      known &= series != null;
    }
    return known;
  }
}
