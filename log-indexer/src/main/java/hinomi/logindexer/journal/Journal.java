package hinomi.logindexer.journal;

import hinomi.disk.Durably;
import hinomi.logindexer.layout.RecordCodec;
import hinomi.model.LogRecord;
import hinomi.model.OverLimit;
import hinomi.model.Unavailable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes appends durable, many with one sync: while one sync runs, what arrives waits for the next.
/// One platform thread writes, for a thread that is interrupted while it writes would close the
/// file. Any thread may append.
public final class Journal implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Journal.class);
  private static final long FILE_BYTES = 16 << 20;

  /// Takes records, in the order of their numbers, once they are on disk.
  @FunctionalInterface
  public interface Sink {
    void accept(long sequence, List<LogRecord> records);
  }

  /// One append on its way.
  private static final class Waiting {
    final List<LogRecord> records;
    final byte[] body;
    boolean done;
    @Nullable Unavailable failure;

    Waiting(List<LogRecord> records, byte[] body) {
      this.records = records;
      this.body = body;
    }
  }

  private final Path folder;
  private final Sink sink;
  private final long maxQueued;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Condition written = lock.newCondition();
  private List<Waiting> queue = new ArrayList<>();
  private long queued;
  private boolean closing;
  private final Thread writer;

  /// The last record of each file that is no longer written. Guarded by `lock`.
  private final TreeMap<Path, Long> finished = new TreeMap<>();

  // Of the writer's thread alone.
  private @Nullable JournalFile file;
  private long next = 1;

  /// @param maxQueued bytes that may wait for the disk; beyond it appends are refused
  public Journal(Path folder, long maxQueued, Sink sink) {
    this.folder = folder;
    this.maxQueued = maxQueued;
    this.sink = sink;
    this.writer = Thread.ofPlatform().name("log-journal").unstarted(this::run);
  }

  /// Hands every record on disk to the sink, then starts to write after them.
  ///
  /// @param committed the highest number that the segments are known to hold
  public void start(long committed) throws IOException {
    long last = committed;
    for (Path path : Directories.list(folder)) {
      if (path.toString().endsWith(JournalFile.SUFFIX)) {
        last = Math.max(last, replay(path));
      }
    }
    next = last + 1;
    writer.start();
  }

  private long replay(Path path) throws IOException {
    Replay.Outcome outcome =
        Replay.read(path, (sequence, body) -> sink.accept(sequence, decoded(path, body)));
    if (outcome.torn() > 0) {
      log.atWarn()
          .addKeyValue("file", path)
          .addKeyValue("bytes", outcome.torn())
          .log("log journal has a torn end, dropped");
    }
    Path kept = path;
    if (outcome.damaged() > 0) {
      kept = path.resolveSibling(path.getFileName() + ".damaged");
      Files.copy(path, kept, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      log.atError()
          .addKeyValue("file", path)
          .addKeyValue("bytes", outcome.damaged())
          .addKeyValue("copy", kept)
          .log("log journal is damaged, the records between were skipped");
    }
    finished.put(path, outcome.lastSequence());
    return outcome.lastSequence();
  }

  /// A record whose frame is whole and whose body is not would stop every start: it is told and
  /// skipped.
  private static List<LogRecord> decoded(Path path, byte[] body) {
    try {
      return RecordCodec.decode(body);
    } catch (IOException e) {
      log.atError().addKeyValue("file", path).setCause(e).log("log journal record unreadable");
      return List.of();
    }
  }

  /// Returns when the records are on disk and the sink has them.
  public void append(List<LogRecord> records) {
    Waiting mine = new Waiting(records, RecordCodec.encode(records));
    lock.lock();
    try {
      if (closing) {
        throw new Unavailable("the log index is closing");
      }
      if (queued > 0 && queued + mine.body.length > maxQueued) {
        throw OverLimit.rate("too many log lines wait for the disk", Duration.ofSeconds(1));
      }
      queued += mine.body.length;
      queue.add(mine);
      arrived.signal();
      while (!mine.done) {
        written.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
    if (mine.failure != null) {
      throw mine.failure;
    }
  }

  private void run() {
    while (true) {
      List<Waiting> batch = take();
      if (batch.isEmpty()) {
        return;
      }
      Unavailable failure = null;
      try {
        write(batch);
      } catch (IOException e) {
        failure = new Unavailable("the log journal cannot be written: " + e.getMessage(), e);
        log.atError().addKeyValue("folder", folder).setCause(e).log("log journal write failed");
        abandon();
      } catch (RuntimeException | Error e) {
        failure = new Unavailable("the log journal failed: " + e, e);
        log.atError().addKeyValue("folder", folder).setCause(e).log("log journal failed");
        abandon();
      }
      finish(batch, failure);
    }
  }

  private List<Waiting> take() {
    lock.lock();
    try {
      while (queue.isEmpty() && !closing) {
        arrived.awaitUninterruptibly();
      }
      List<Waiting> batch = queue;
      queue = new ArrayList<>();
      queued = 0;
      return batch;
    } finally {
      lock.unlock();
    }
  }

  private void write(List<Waiting> batch) throws IOException {
    JournalFile current = file;
    if (current == null || current.good() >= FILE_BYTES) {
      if (current != null) {
        current.close();
        finished(current.path());
      }
      current = JournalFile.create(folder, next);
      file = current;
    }
    long first = next;
    List<ByteBuffer> frames = new ArrayList<>(batch.size());
    for (Waiting each : batch) {
      frames.add(JournalFile.frame(next++, each.body));
    }
    current.write(frames);
    for (int i = 0; i < batch.size(); i++) {
      sink.accept(first + i, batch.get(i).records);
    }
  }

  /// After a failure the file is cut back to what is whole and never written again.
  private void abandon() {
    JournalFile broken = file;
    file = null;
    if (broken != null) {
      try {
        broken.seal();
      } catch (IOException e) {
        log.atError().addKeyValue("file", broken.path()).setCause(e).log("log journal not sealed");
      }
      finished(broken.path());
    }
  }

  private void finished(Path path) {
    lock.lock();
    try {
      finished.put(path, next - 1);
    } finally {
      lock.unlock();
    }
  }

  private void finish(List<Waiting> batch, @Nullable Unavailable failure) {
    lock.lock();
    try {
      for (Waiting each : batch) {
        each.done = true;
        each.failure = failure;
      }
      written.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Deletes the files whose records are all held by the segments.
  ///
  /// @param sequence up to which, inclusive, every record is held
  public void release(long sequence) throws IOException {
    List<Path> old = new ArrayList<>();
    lock.lock();
    try {
      finished.forEach((path, last) -> {
        if (last <= sequence) {
          old.add(path);
        }
      });
      old.forEach(finished::remove);
    } finally {
      lock.unlock();
    }
    Durably.delete(folder, old);
  }

  /// Writes what waits, then ends. Appends from here on are refused.
  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      closing = true;
      arrived.signal();
    } finally {
      lock.unlock();
    }
    boolean interrupted = false;
    while (writer.isAlive()) {
      try {
        writer.join();
      } catch (InterruptedException e) {
        interrupted = true; // the file must be closed first; it takes one sync
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    JournalFile current = file;
    file = null;
    if (current != null) {
      current.close();
      finished(current.path());
    }
  }
}
