package hinomi.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import hinomi.model.Unavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// Where records live: SQLite in one file beside its write-ahead log. Any thread.
///
/// Readers are never held up and see what was committed; one transaction writes at a time, in the
/// order in which they came.
///
/// @see <a href="https://sqlite.org/wal.html">Write-Ahead Logging</a>
public final class Database implements AutoCloseable {
  private static final int READERS = 8;
  private static final Set<SQLiteErrorCode> OURS = // mistakes of a statement, not of the disk
      Set.of(
          SQLiteErrorCode.SQLITE_ERROR,
          SQLiteErrorCode.SQLITE_CONSTRAINT,
          SQLiteErrorCode.SQLITE_MISMATCH,
          SQLiteErrorCode.SQLITE_MISUSE,
          SQLiteErrorCode.SQLITE_RANGE);

  private final HikariDataSource pool;
  private final Jdbi reads;
  private final Writer writer;
  private final AutoCloseable afterwards;

  private Database(HikariDataSource pool, Writer writer, AutoCloseable afterwards) {
    this.pool = pool;
    this.reads = Jdbi.create(pool);
    this.writer = writer;
    this.afterwards = afterwards;
  }

  /// Something done with the database in one transaction.
  @FunctionalInterface
  public interface Work<T> {
    T run(Handle handle);
  }

  /// The database of one machine. That no other process has it open is for the caller to see to.
  ///
  /// @param file without an ending: `data/records/hinomi` becomes `hinomi.db` and `hinomi.db-wal`
  public static Database openFile(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().resolve("..").normalize());
      return open(Path.of(file.toAbsolutePath() + ".db"), true, () -> {});
    } catch (IOException e) {
      throw new Unavailable("cannot open the records database: " + e.getMessage(), e);
    }
  }

  /// A database of its own that is gone when it is closed, for tests and trials.
  public static Database temporary() {
    try {
      Path folder = Files.createTempDirectory("hinomi-records");
      Path file = folder.resolve("records.db");
      Stream.of(folder, file, Path.of(file + "-shm"), Path.of(file + "-wal"))
          .forEach(each -> each.toFile().deleteOnExit()); // of whoever does not close it
      return open(file, false, () -> delete(folder));
    } catch (IOException e) {
      throw new Unavailable("cannot open a records database: " + e.getMessage(), e);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      return; // closed twice
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private static Database open(Path file, boolean durable, AutoCloseable afterwards)
      throws IOException {
    try {
      Writer writer = Writer.open(source(file, true, durable), file, durable);
      HikariConfig config = new HikariConfig();
      config.setDataSource(source(file, false, durable));
      config.setMaximumPoolSize(READERS);
      config.setMinimumIdle(1);
      config.setPoolName("records");
      return new Database(new HikariDataSource(config), writer, afterwards);
    } catch (HikariPool.PoolInitializationException | JdbiException e) {
      throw new Unavailable("cannot open the records database: " + deepest(e).getMessage(), e);
    }
  }

  /// `synchronous=NORMAL` writes the log at each commit and leaves it to the [Writer] to wait for
  /// the disk; it is only synced before it is moved.
  private static SQLiteDataSource source(Path file, boolean writes, boolean durable) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(
        durable ? SQLiteConfig.SynchronousMode.NORMAL : SQLiteConfig.SynchronousMode.OFF);
    config.setTransactionMode(
        writes ? SQLiteConfig.TransactionMode.IMMEDIATE : SQLiteConfig.TransactionMode.DEFERRED);
    config.setBusyTimeout(10_000);
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    config.enforceForeignKeys(true);
    config.enableCaseSensitiveLike(true);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  /// Brings a module's tables to the newest version. In a migration `${serial}` is the type of a
  /// primary key that counts upwards by itself.
  ///
  /// @param module names the module's own history table, such as `alert_engine`
  /// @param folder on the class path, with `V1__what.sql` and so on
  public void migrate(String module, String folder) {
    writer.alone(source ->
        Flyway.configure(Database.class.getClassLoader())
            .dataSource(source)
            .locations("classpath:" + folder)
            .table("schema_of_" + module)
            .placeholders(Map.of("serial", "integer primary key autoincrement"))
            .baselineOnMigrate(true)
            .baselineVersion("0")
            .load()
            .migrate());
  }

  /// Reads in one transaction, which sees the records as they were when it began.
  public <T> T read(Work<T> work) {
    try {
      return reads.inTransaction(work::run);
    } catch (JdbiException e) {
      throw judged(e);
    }
  }

  /// Writes in one transaction; when this returns, it is on disk. Not to be called within another.
  public <T> T write(Work<T> work) {
    try {
      T result = writer.run(work);
      writer.force();
      return result;
    } catch (JdbiException e) {
      throw judged(e);
    }
  }

  /// Writes in one transaction that survives the end of this process, and that of the machine only
  /// once a later [#write] has returned: for what may be lost, such as who is at work on something.
  public <T> T writeUnsynced(Work<T> work) {
    try {
      return writer.run(work);
    } catch (JdbiException e) {
      throw judged(e);
    }
  }

  private static RuntimeException judged(JdbiException thrown) {
    Throwable cause = deepest(thrown);
    boolean ours =
        !(cause instanceof SQLiteException told)
            || OURS.contains(SQLiteErrorCode.getErrorCode(told.getErrorCode() & 0xff));
    return ours
        ? thrown
        : new Unavailable("the records database does not answer: " + cause.getMessage(), thrown);
  }

  private static Throwable deepest(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  @Override
  public void close() {
    pool.close();
    writer.close();
    try {
      afterwards.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Exception e) {
      throw new IllegalStateException("BUG: " + e.getMessage(), e);
    }
  }
}
