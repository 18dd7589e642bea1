package hinomi.sql;

import hinomi.model.Unavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one connection that writes, and the log that makes it durable. Any thread.
///
/// A commit appends to the log and lets the next writer in; [#force] then waits for the disk, with
/// one wait for all transactions that were committed before it began. What is in the log moves to
/// the database file on a thread of its own, so that no writer waits for that.
///
/// After a force that failed nothing is written any more: what the system still holds of the log
/// and what the disk has may differ from then on, and only a new start reads what is there.
final class Writer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Writer.class);
  private static final int MOVE_AFTER = 256; // transactions
  private static final long MAX_LOG_BYTES = 128 << 20; // above it writers wait while it is moved

  private final DataSource source;
  private final Connection connection;
  private final Connection mover;
  private final Jdbi jdbi;
  private final @Nullable FileChannel walFile; // none: not durable
  private final ReentrantLock turn = new ReentrantLock(true);
  private final ReentrantLock forcing = new ReentrantLock();
  private final AtomicLong committed = new AtomicLong(); // transactions
  private final ExecutorService moving =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("records-checkpoint").factory());
  private long forced; // of the committed, guarded by forcing
  private volatile @Nullable IOException broken;

  private Writer(
      DataSource source, Connection connection, Connection mover, @Nullable FileChannel walFile) {
    this.source = source;
    this.connection = connection;
    this.mover = mover;
    this.jdbi = Jdbi.create(connection);
    this.walFile = walFile;
  }

  /// @param durable whether a force reaches the disk
  static Writer open(DataSource source, Path file, boolean durable) throws IOException {
    try {
      Connection connection = source.getConnection();
      try {
        execute(connection, "pragma wal_autocheckpoint = 0");
        execute(connection, "pragma user_version = 1"); // so that the log is there
        return new Writer(source, connection, source.getConnection(), durable ? walOf(file) : null);
      } catch (SQLException | IOException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw new Unavailable("cannot open the records database: " + e.getMessage(), e);
    }
  }

  private static FileChannel walOf(Path file) throws IOException {
    FileChannel wal = FileChannel.open(Path.of(file + "-wal"), StandardOpenOption.WRITE);
    wal.force(true);
    try (FileChannel folder = FileChannel.open(file.resolveSibling("."), StandardOpenOption.READ)) {
      folder.force(true); // that the files are there
    }
    return wal;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      boolean _ = statement.execute(sql);
    }
  }

  /// One transaction, which has the database to itself.
  <T> T run(Database.Work<T> work) {
    if (turn.isHeldByCurrentThread()) {
      throw new IllegalStateException("BUG: a transaction that writes, within another");
    }
    refuseWhenBroken();
    turn.lock();
    try {
      T result = jdbi.inTransaction(work::run);
      if (committed.incrementAndGet() % MOVE_AFTER == 0) {
        moving.execute(this::move);
      }
      return result;
    } finally {
      turn.unlock();
    }
  }

  /// Something that opens connections of its own.
  void alone(Consumer<DataSource> work) {
    turn.lock();
    try {
      work.accept(source);
      committed.incrementAndGet();
    } finally {
      turn.unlock();
    }
    force();
  }

  /// Returns when all that is committed by now is on disk.
  void force() {
    if (walFile == null) {
      return;
    }
    long mine = committed.get();
    forcing.lock();
    try {
      refuseWhenBroken();
      if (forced < mine) {
        long covered = committed.get();
        walFile.force(false);
        forced = covered;
      }
    } catch (IOException e) {
      broken = e;
      throw unavailable(e);
    } finally {
      forcing.unlock();
    }
  }

  private void refuseWhenBroken() {
    IOException failed = broken;
    if (failed != null) {
      throw unavailable(failed);
    }
  }

  private static Unavailable unavailable(IOException failed) {
    return new Unavailable(
        "the records database takes nothing until the next start: " + failed.getMessage(), failed);
  }

  private void move() {
    try {
      if (walFile != null && walFile.size() > MAX_LOG_BYTES) {
        turn.lock();
        try {
          execute(mover, "pragma wal_checkpoint(truncate)");
        } finally {
          turn.unlock();
        }
      } else {
        execute(mover, "pragma wal_checkpoint(passive)");
      }
    } catch (SQLException | IOException e) {
      log.atWarn().setCause(e).log("the log of the records was not moved, and grows");
    }
  }

  @Override
  public void close() {
    moving.shutdown();
    try {
      boolean _ = moving.awaitTermination(30, TimeUnit.SECONDS);
      mover.close();
      connection.close(); // the last connection moves the log and removes it
      if (walFile != null) {
        walFile.close();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      throw new Unavailable("the records database was not closed well: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
