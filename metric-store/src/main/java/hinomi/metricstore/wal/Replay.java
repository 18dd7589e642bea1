package hinomi.metricstore.wal;

import hinomi.metricstore.chunk.HistogramBytes;
import hinomi.metricstore.disk.ByteSource;
import hinomi.metricstore.disk.Disk;
import hinomi.metricstore.disk.FrameReader;
import hinomi.metricstore.disk.FrameReader.Damage;
import hinomi.metricstore.exemplar.ExemplarBytes;
import hinomi.metricstore.metadata.MetadataBytes;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads a log again after a start. A torn end is cut off; a damaged record in the middle is copied
/// aside and stepped over; neither stops the start or costs a record that is whole.
public final class Replay {
  private static final Logger log = LoggerFactory.getLogger(Replay.class);

  private final Path folder;
  private final Path quarantine;
  private final Replayed into;
  private long nextSequence;
  private long records;
  private int damaged;
  private long truncated;

  /// What a replay found.
  ///
  /// @param nextSegment a number above that of every segment there
  /// @param nextSequence the number that the next record must bear
  /// @param records how many were read
  /// @param damaged how many places had to be stepped over and were copied aside
  /// @param truncated bytes cut off from the last segment's torn end
  public record Outcome(
      long nextSegment, long nextSequence, long records, int damaged, long truncated) {}

  private Replay(Path folder, Path quarantine, long nextSequence, Replayed into) {
    this.folder = folder;
    this.quarantine = quarantine;
    this.nextSequence = nextSequence;
    this.into = into;
  }

  /// @param fromSegment the lowest segment that counts; those below are left-overs and are ignored
  /// @param fromSequence the number that records go on from
  public static Outcome run(
      Path folder, Path quarantine, long fromSegment, long fromSequence, Replayed into)
      throws IOException {
    return new Replay(folder, quarantine, fromSequence, into).run(fromSegment);
  }

  private Outcome run(long fromSegment) throws IOException {
    List<Path> files = Disk.files(folder, Segment.ENDING);
    long nextSegment = fromSegment;
    for (Path file : files) {
      nextSegment = Math.max(nextSegment, Segment.number(file) + 1);
    }
    List<Path> counting =
        files.stream().filter(file -> Segment.number(file) >= fromSegment).toList();
    for (int i = 0; i < counting.size(); i++) {
      boolean newest = i == counting.size() - 1;
      segment(counting.get(i), newest ? Long.MAX_VALUE : voidFrom(counting, i + 1), newest);
    }
    return new Outcome(nextSegment, nextSequence, records, damaged, truncated);
  }

  /// From which sequence on the records of earlier segments are void.
  private static long voidFrom(List<Path> files, int next) throws IOException {
    for (int i = next; i < files.size(); i++) {
      Optional<Segment> head = Segment.read(files.get(i));
      if (head.isPresent()) {
        return head.get().firstSequence();
      }
    }
    return Long.MAX_VALUE;
  }

  private void segment(Path file, long voidFrom, boolean newest) throws IOException {
    Optional<Segment> head = Segment.read(file);
    if (head.isEmpty()) {
      log.atWarn().addKeyValue("segment", file).log("log segment has no whole head");
    }
    nextSequence = Math.max(nextSequence, head.map(Segment::firstSequence).orElse(0L));
    long tail = -1;
    try (FrameReader reader = new FrameReader(file, Segment.HEAD)) {
      for (var frame = reader.next(); frame.isPresent(); frame = reader.next()) {
        long sequence = frame.get().sequence();
        if (sequence >= nextSequence && sequence < voidFrom) {
          nextSequence = sequence + 1;
          apply(file, sequence, frame.get().payload());
        }
      }
      for (Damage damage : reader.damages()) {
        if (damage.tail() && newest) {
          tail = damage.offset();
          truncated += damage.length();
        } else if (!damage.tail() || missing(voidFrom)) {
          setAside(file, damage.offset(), reader.bytes(damage));
        }
      }
    }
    if (tail >= 0) {
      cut(file, tail);
    }
  }

  /// Whether records lack at the end of a segment; else what stands there was never acknowledged.
  private boolean missing(long voidFrom) {
    return voidFrom != Long.MAX_VALUE && nextSequence < voidFrom;
  }

  private void apply(Path file, long sequence, byte[] payload) throws IOException {
    try {
      decode(new ByteSource(payload));
      records++;
    } catch (RuntimeException e) {
      // A record that passed its checksum and still cannot be read must not stop every start.
      log.atError().addKeyValue("sequence", sequence).setCause(e).log("log record not understood");
      setAside(file, sequence, payload);
    }
  }

  private void decode(ByteSource source) {
    switch (source.takeByte()) {
      case RecordWriter.NAMES -> {
        while (source.hasMore()) {
          int number = source.takeCount();
          int length = source.takeCount();
          int from = source.position();
          source.skip(length);
          into.series(number, source.bytes(), from, from + length);
        }
      }
      case RecordWriter.SAMPLES -> samples(source, false);
      case RecordWriter.STARTED_SAMPLES -> samples(source, true);
      case RecordWriter.HISTOGRAMS -> histograms(source, false);
      case RecordWriter.STARTED_HISTOGRAMS -> histograms(source, true);
      case RecordWriter.EXEMPLARS -> ExemplarBytes.takeAll(source, into::exemplar);
      case RecordWriter.METADATA -> MetadataBytes.takeAll(source, into::metadata);
      default -> throw new IllegalStateException("BUG: unknown kind of record");
    }
  }

  private void samples(ByteSource source, boolean started) {
    long number = 0;
    long timestamp = 0;
    long start = 0;
    while (source.hasMore()) {
      number += source.takeZigzag();
      timestamp += source.takeZigzag();
      long bits = source.takeLong();
      start += started ? source.takeZigzag() : 0;
      into.sample(Math.toIntExact(number), timestamp, bits, start);
    }
  }

  private void histograms(ByteSource source, boolean started) {
    long timestamp = 0;
    long start = 0;
    while (source.hasMore()) {
      int number = source.takeCount();
      timestamp += source.takeZigzag();
      start += started ? source.takeZigzag() : 0;
      into.histogram(number, timestamp, HistogramBytes.take(source), start);
    }
  }

  private void setAside(Path file, long place, byte[] bytes) throws IOException {
    damaged++;
    Files.createDirectories(quarantine);
    Path copy = quarantine.resolve(file.getFileName() + "-" + place + ".bad");
    Files.write(copy, bytes);
    log.atError()
        .addKeyValue("segment", file)
        .addKeyValue("bytes", bytes.length)
        .addKeyValue("copy", copy)
        .log("damaged log record set aside");
  }

  private void cut(Path file, long offset) throws IOException {
    log.atWarn()
        .addKeyValue("segment", file)
        .addKeyValue("bytes", truncated)
        .log("torn end of the log cut off");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(offset);
      channel.force(true);
    }
  }
}
