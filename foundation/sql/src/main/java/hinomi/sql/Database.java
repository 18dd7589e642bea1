package hinomi.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import hinomi.model.Unavailable;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/// Where records live. Any thread.
///
/// H2 by itself never calls fsync: after each write transaction a `CHECKPOINT SYNC` does, shared by
/// all transactions that finished before it began. PostgreSQL syncs at commit.
public final class Database implements AutoCloseable {
  private final HikariDataSource pool;
  private final Jdbi jdbi;
  private final boolean syncsByItself;
  private final ReentrantLock syncing = new ReentrantLock();
  private long finished; // write transactions, guarded by this
  private long synced; // of those, how many a checkpoint covers; guarded by syncing

  private Database(HikariDataSource pool, boolean syncsByItself) {
    this.pool = pool;
    this.jdbi = Jdbi.create(pool);
    this.syncsByItself = syncsByItself;
  }

  /// Something done with the database in one transaction.
  @FunctionalInterface
  public interface Work<T> {
    T run(Handle handle);
  }

  /// The H2 database of one machine. A file that another process has open is [Unavailable].
  ///
  /// @param file without H2's ending: `data/records/hinomi` becomes `hinomi.mv.db`
  public static Database openFile(Path file) {
    return open(
        "jdbc:h2:file:" + file.toAbsolutePath() + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE", false);
  }

  /// A database of its own that is gone when it is closed, for tests and trials.
  public static Database inMemory() {
    return open("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", true);
  }

  private static Database open(String url, boolean syncsByItself) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH");
    config.setUsername("hinomi");
    config.setPassword("");
    config.setMaximumPoolSize(8);
    config.setMinimumIdle(1);
    config.setPoolName("records");
    try {
      return new Database(new HikariDataSource(config), syncsByItself);
    } catch (HikariPool.PoolInitializationException e) {
      throw new Unavailable("cannot open the records database: " + deepest(e), e);
    }
  }

  private static String deepest(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }

  /// Brings a module's tables to the newest version.
  ///
  /// @param module names the module's own history table, such as `alert_engine`
  /// @param folder on the class path, with `V1__what.sql` and so on
  public void migrate(String module, String folder) {
    Flyway.configure(Database.class.getClassLoader())
        .dataSource(pool)
        .locations("classpath:" + folder)
        .table("schema_of_" + module)
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load()
        .migrate();
  }

  /// Reads in one transaction.
  public <T> T read(Work<T> work) {
    try {
      return jdbi.inTransaction(TransactionIsolationLevel.READ_COMMITTED, work::run);
    } catch (ConnectionException e) {
      throw new Unavailable("the records database does not answer: " + e.getMessage(), e);
    }
  }

  /// Writes in one transaction; when this returns, it is on disk.
  public <T> T write(Work<T> work) {
    T result = read(work);
    if (!syncsByItself) {
      sync();
    }
    return result;
  }

  /// Writes in one transaction that survives the end of this process, and that of the machine only
  /// once a later [#write] has returned: for what may be lost, such as who is at work on something.
  public <T> T writeUnsynced(Work<T> work) {
    return read(work);
  }

  private void sync() {
    long mine;
    synchronized (this) {
      mine = ++finished;
    }
    syncing.lock();
    try {
      if (synced < mine) {
        long covered;
        synchronized (this) {
          covered = finished;
        }
        jdbi.useHandle(handle -> handle.execute("checkpoint sync"));
        synced = covered;
      }
    } finally {
      syncing.unlock();
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
