package hinomi.metricstore.wal;

import hinomi.disk.Durably;
import hinomi.metricstore.disk.Disk;
import hinomi.metricstore.disk.Frames;
import hinomi.model.Unavailable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Appends groups of records and syncs each. After any failed write or sync the segment is sealed
/// at its last good byte and never written again, for after a failed sync nobody knows what the
/// disk holds; the next group begins a new segment, and until that works nothing is acknowledged.
/// So the store recovers by itself when a full disk has room again.
///
/// A segment is filled with zeros a good way ahead: a sync that need not note a new length of the
/// file is half the work. What was not needed is cut off when the segment ends; after a crash it
/// stays and readers take it for what it is.
///
/// One thread appends. The layout is drawn in `docs/formats/metric-store.md`.
public final class Wal implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Wal.class);
  private static final long SEGMENT_BYTES = 64L << 20;

  /// As much as there is already is filled ahead, between these: a sync writes it along with a
  /// group, which must not wait for long, and a store of few samples needs little.
  private static final int LEAST_AHEAD = 1 << 16;

  private static final int MOST_AHEAD = 1 << 20;
  private static final byte[] ZEROS = new byte[MOST_AHEAD];

  private final Path folder;
  private final Opener opener;
  private long nextSegment;
  private long sequence;
  private @Nullable FileChannel channel;
  private Path file;
  private long good;
  private long filled;
  private long written;

  /// Creates a segment's file, which must not exist. The tests' disks fail here.
  @FunctionalInterface
  public interface Opener {
    FileChannel open(Path file) throws IOException;
  }

  /// The disk as it is.
  public static final Opener DISK =
      file -> FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  /// Begins a new segment; what [Replay] found tells the numbers.
  public Wal(Path folder, Opener opener, long nextSegment, long nextSequence) {
    this.folder = folder;
    this.opener = opener;
    this.nextSegment = nextSegment;
    this.sequence = nextSequence;
    this.file = Segment.file(folder, nextSegment);
    begin();
  }

  /// Number that the next group's first record must bear.
  public long sequence() {
    return sequence;
  }

  /// Bytes appended since the log was opened or last rotated on request.
  public long written() {
    return written;
  }

  /// Writes a group; durable when this returns. [Unavailable] means that none of it counts.
  public void append(Frames group) {
    FileChannel to = channel == null ? begin() : channel;
    try {
      Disk.write(to, group.bytes(), group.size());
      fillAhead(to, good + group.size());
      to.force(false);
    } catch (IOException e) {
      seal(to);
      throw new Unavailable("the metric log cannot be written: " + e.getMessage(), e);
    }
    good += group.size();
    written += group.size();
    sequence = group.sequence();
    if (good >= SEGMENT_BYTES) {
      shut(to);
    }
  }

  private void fillAhead(FileChannel to, long end) throws IOException {
    if (end > filled) {
      int more = Math.clamp(end, LEAST_AHEAD, MOST_AHEAD);
      Disk.write(to, ZEROS, more);
      to.position(end);
      filled = end + more;
    }
  }

  /// Ends the current segment: everything so far lies in segments below the number returned.
  public long rotate() {
    if (channel != null) {
      shut(channel);
    }
    begin();
    written = 0;
    return nextSegment - 1;
  }

  /// Deletes what a snapshot has made needless. A file that comes back after a power loss does no
  /// harm: replay ignores what lies below the snapshot.
  public void deleteBelow(long segment) {
    try {
      List<Path> all = Disk.files(folder, Segment.ENDING);
      Durably.delete(folder, all.stream().filter(old -> Segment.number(old) < segment).toList());
    } catch (IOException e) {
      log.atWarn().addKeyValue("folder", folder).setCause(e).log("old log segments stay");
    }
  }

  private FileChannel begin() {
    long number = nextSegment++;
    try {
      file = Segment.file(folder, number);
      FileChannel opened = new Segment(number, sequence).create(folder, opener);
      channel = opened;
      good = Segment.HEAD;
      filled = Segment.HEAD;
      return opened;
    } catch (IOException e) {
      throw new Unavailable("no metric log segment can be begun: " + e.getMessage(), e);
    }
  }

  private void seal(FileChannel failed) {
    log.atError().addKeyValue("segment", file).addKeyValue("good", good).log("log segment sealed");
    try {
      failed.truncate(good);
      failed.force(true);
    } catch (IOException e) {
      // The next segment's head voids what stays behind the last good byte.
      log.atWarn().addKeyValue("segment", file).setCause(e).log("sealed segment not shortened");
    }
    filled = good;
    shut(failed);
  }

  private void shut(FileChannel open) {
    channel = null;
    try (open) {
      if (filled > good) {
        open.truncate(good);
      }
    } catch (IOException e) {
      log.atWarn()
          .addKeyValue("segment", file)
          .setCause(e)
          .log("log segment not shortened or not closed");
    }
  }

  @Override
  public void close() {
    if (channel != null) {
      shut(channel);
    }
  }
}
