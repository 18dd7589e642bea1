package hinomi.sql;

import java.io.PrintStream;
import java.nio.file.Path;
import org.jdbi.v3.core.Handle;

/// A process that writes with several threads until it is killed, and says what is written: `<who>
/// <n> .` for each.
final class KilledWriters {
  private static final int WRITERS = 5;

  private KilledWriters() {}

  static void main(String[] file) {
    Database database = Database.openFile(Path.of(file[0]));
    int _ =
        database.write(h ->
            h.execute("create table if not exists latest (who int primary key, n int not null)")
                + h.execute(
                    "create table if not exists log (id integer primary key autoincrement,"
                        + " who int not null, n int not null, text varchar not null)"));
    for (int who = 0; who < WRITERS; who++) {
      int number = who;
      Thread _ = Thread.ofPlatform().start(() -> write(database, number, System.out));
    }
  }

  private static void write(Database database, int who, PrintStream out) {
    int begin =
        database.write(h -> {
          int _ = h.execute("insert into latest values (?, 0) on conflict do nothing", who);
          return h.createQuery("select n from latest where who = " + who).mapTo(int.class).one();
        });
    for (int n = begin + 1; ; n++) {
      int value = n;
      if (who == 0) { // one that does not wait for the disk, between the others
        int _ = database.writeUnsynced(h -> step(h, who, value));
      } else {
        int _ = database.write(h -> step(h, who, value));
      }
      out.print(who + " " + n + " .\n");
      out.flush();
    }
  }

  private static int step(Handle handle, int who, int n) {
    int _ = handle.execute("update latest set n = ? where who = ?", n, who);
    int _ =
        handle.execute(
            "insert into log (who, n, text) values (?, ?, ?)", who, n, "x".repeat(n % 3_000));
    return n % 20 == 0 ? handle.execute("delete from log where who = ? and n < ?", who, n - 40) : 0;
  }
}
