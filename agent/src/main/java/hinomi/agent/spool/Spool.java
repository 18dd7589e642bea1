package hinomi.agent.spool;

import hinomi.disk.Durably;
import hinomi.model.Time;
import hinomi.model.Unavailable;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A queue of batches on disk, for one kind of data. What [#offer] has taken survives kill -9 and
/// power loss; what was [#done] is not handed out again, save after a crash between the server's
/// answer and the note of it (at least once). Any thread may offer; one thread peeks.
///
/// Bytes: `docs/formats/agent-spool.md`.
public final class Spool implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Spool.class);
  private static final String POSITION = "position";

  private final String name;
  private final Path folder;
  private final WhenFull whenFull;
  private final long maxBytes;
  private final long segmentBytes;
  private final Time time;
  private final MeterRegistry registry;
  private final Deque<Segment> segments = new ArrayDeque<>();
  private long segment;
  private long offset;
  private long oldest;
  private boolean diskFails;
  private boolean closed;

  private Spool(String name, Path folder, SpoolLimit limit, Time time, MeterRegistry registry) {
    this.name = name;
    this.folder = folder;
    this.whenFull = limit.whenFull();
    this.maxBytes = limit.maxBytes();
    // Sixteen parts: making room costs a sixteenth of what is kept.
    this.segmentBytes = Math.max(4L << 10, Math.min(limit.maxBytes() / 16, 16L << 20));
    this.time = time;
    this.registry = registry;
  }

  /// Opens a spool, taking up what an earlier run has left.
  ///
  /// @param name value of the label `queue` of its meters
  public static Spool open(
      String name, Path folder, SpoolLimit limit, Time time, MeterRegistry registry) {
    Spool spool = new Spool(name, folder, limit, time, registry);
    try {
      spool.recover();
    } catch (IOException e) {
      throw new Unavailable("cannot open the spool " + folder + ": " + e.getMessage(), e);
    }
    Gauge.builder("hinomi.agent.spool.bytes", spool, s -> (double) s.waitingBytes())
        .tag("queue", name)
        .register(registry);
    Gauge.builder("hinomi.agent.spool.lag.seconds", spool, Spool::lagSeconds)
        .description("age of the oldest batch that the server does not have yet")
        .tag("queue", name)
        .register(registry);
    return spool;
  }

  private void recover() throws IOException {
    Durably.createFolder(folder);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file :
          files.filter(file -> file.toString().endsWith(Segment.SUFFIX)).sorted().toList()) {
        Segment opened = Segment.open(file);
        segments.addLast(opened);
        if (opened.damaged() > 0) {
          registry
              .counter("hinomi.agent.spool.damaged.bytes", "queue", name)
              .increment((double) opened.damaged());
          log.atError()
              .addKeyValue("file", file)
              .addKeyValue("bytes", opened.damaged())
              .log("spool file damaged, the whole batches in it are kept");
        }
      }
    }
    readPosition();
    if (segments.isEmpty()) {
      segments.addLast(Segment.create(folder, segment + 1));
    }
    while (segments.size() > 1 && segments.getFirst().number() < segment) {
      segments.removeFirst().delete();
    }
    Segment first = segments.getFirst();
    if (first.number() != segment || offset < Segment.HEADER) {
      segment = first.number();
      offset = Segment.HEADER;
    }
    for (Optional<Batch> sent = first.next(Segment.HEADER);
        sent.isPresent() && sent.get().place().end() <= offset;
        sent = first.next(sent.get().place().end())) {
      first.sent(sent.get().items());
    }
    oldest = head().map(Batch::at).orElse(0L);
  }

  /// A position that cannot be read means: from the beginning. Sent twice is better than never.
  private void readPosition() throws IOException {
    Path file = folder.resolve(POSITION);
    if (!Files.exists(file)) {
      return;
    }
    String[] words = Files.readString(file, StandardCharsets.UTF_8).strip().split(" ");
    try {
      segment = Long.parseLong(words[0]);
      offset = Long.parseLong(words[1]);
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException _) {
      segment = 0;
      offset = 0;
      log.atWarn().addKeyValue("file", file).log("spool position unreadable, sending all again");
    }
  }

  /// Puts a batch in; true when it is durable. False: it was not taken, for the spool is full and
  /// refuses, or the disk does not write.
  public synchronized boolean offer(byte[] payload, int items) {
    if (closed) {
      return false;
    }
    try {
      if (!makeRoom(Segment.FRAME + payload.length)) {
        return false;
      }
      if (segments.getLast().size() >= segmentBytes) {
        segments.addLast(Segment.create(folder, segments.getLast().number() + 1));
      }
      long now = time.now().toEpochMilli();
      segments.getLast().append(payload, items, now);
      if (oldest == 0) {
        oldest = now;
      }
      if (diskFails) {
        diskFails = false;
        log.atInfo().addKeyValue("folder", folder).log("spool writes again");
      }
      notifyAll();
      return true;
    } catch (IOException e) {
      if (!diskFails) {
        diskFails = true;
        log.atError().addKeyValue("folder", folder).setCause(e).log("spool cannot write");
      }
      if (whenFull == WhenFull.DROP_OLDEST) {
        dropped("disk", items);
      }
      return false;
    }
  }

  private boolean makeRoom(long needed) throws IOException {
    if (needed > maxBytes) {
      throw new IOException("a batch of " + needed + " bytes is larger than the whole spool");
    }
    while (bytes() + needed > maxBytes) {
      if (whenFull == WhenFull.REFUSE) {
        return false;
      }
      if (segments.size() == 1) {
        segments.addLast(Segment.create(folder, segments.getLast().number() + 1));
      }
      dropFirst();
    }
    return true;
  }

  private void dropFirst() throws IOException {
    Segment first = segments.removeFirst();
    dropped("spool_full", first.unsent());
    first.delete();
    segment = segments.getFirst().number();
    offset = Segment.HEADER;
    oldest = head().map(Batch::at).orElse(0L);
  }

  private void dropped(String reason, long items) {
    if (items > 0) {
      registry
          .counter("hinomi.agent.dropped", "queue", name, "reason", reason)
          .increment((double) items);
    }
  }

  /// The oldest batch that is not done yet; waits until there is one, the time is over or the spool
  /// is closed.
  public synchronized Optional<Batch> peek(Duration wait) throws InterruptedException {
    long end = time.nanos() + wait.toNanos();
    while (!closed) {
      Optional<Batch> batch = head();
      long left = end - time.nanos();
      if (batch.isPresent() || left <= 0) {
        return batch;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return Optional.empty();
  }

  private Optional<Batch> head() {
    try {
      while (true) {
        Segment first = segments.getFirst();
        Optional<Batch> batch = first.next(offset);
        if (batch.isPresent() || segments.size() == 1) {
          return batch;
        }
        // What is still unsent here could not be read: its bytes are damaged.
        dropped("damaged", first.unsent());
        segments.removeFirst().delete();
        segment = segments.getFirst().number();
        offset = Segment.HEADER;
      }
    } catch (IOException e) {
      throw new Unavailable("cannot read the spool " + folder + ": " + e.getMessage(), e);
    }
  }

  /// Notes that a batch needs no more sending. One that was dropped meanwhile is passed over.
  public synchronized void done(Batch batch) {
    Batch.Place place = batch.place();
    if (closed || place.segment() != segment || place.offset() < offset) {
      return;
    }
    segments.getFirst().sent(batch.items());
    offset = place.end();
    oldest = head().map(Batch::at).orElse(0L);
    try {
      String text = segment + " " + offset + "\n";
      Durably.replace(folder.resolve(POSITION), text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // Not fatal: after a crash this batch would be sent a second time.
      log.atWarn().addKeyValue("folder", folder).setCause(e).log("spool position not written");
    }
  }

  private synchronized long bytes() {
    return segments.stream().mapToLong(Segment::size).sum();
  }

  /// What is in the files and not sent yet: sent batches go with their whole file, later.
  private synchronized long waitingBytes() {
    return Math.max(0, bytes() - offset - (segments.size() - 1L) * Segment.HEADER);
  }

  private synchronized double lagSeconds() {
    return oldest == 0 ? 0 : Math.max(0, (time.now().toEpochMilli() - oldest) / 1000.0);
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
    for (Segment open : segments) {
      try {
        open.close();
      } catch (IOException e) {
        log.atWarn().addKeyValue("folder", folder).setCause(e).log("spool file not closed");
      }
    }
  }
}
