package hinomi.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hinomi.model.Unavailable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatabaseTest {
  private static void note(Database database, String text) {
    database.write(h -> h.execute("insert into notes (text) values (?)", text));
  }

  private static List<String> notes(Database database) {
    return database.read(
        h -> h.createQuery("select text from notes order by id").mapTo(String.class).list());
  }

  @Test
  void whatWasWrittenIsInTheFilesThatACrashLeavesBehind(@TempDir Path folder) throws Exception {
    Path crashed = Files.createDirectory(folder.resolve("crashed"));
    try (Database database = Database.openFile(folder.resolve("records"))) {
      database.migrate("testing", "db/testing");
      note(database, "注文");
      // What the disk holds at this moment is what a killed process leaves.
      for (String file : List.of("records.db", "records.db-wal")) {
        Files.copy(folder.resolve(file), crashed.resolve(file));
      }
    }
    try (Database database = Database.openFile(crashed.resolve("records"))) {
      database.migrate("testing", "db/testing");
      assertThat(notes(database)).containsExactly("注文");
    }
  }

  @Test
  void aFailedWriteLeavesNothing() {
    try (Database database = Database.temporary()) {
      database.migrate("testing", "db/testing");
      assertThatThrownBy(() ->
              database.write(h -> {
                h.execute("insert into notes (text) values ('a')");
                throw new IllegalArgumentException("no");
              }))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(notes(database)).isEmpty();
    }
  }

  @Test
  void aFileThatIsNoDatabaseSaysSo(@TempDir Path folder) throws Exception {
    Files.writeString(
        folder.resolve("other.db"), "this is no database, and long enough to be one".repeat(99));
    assertThatThrownBy(() -> Database.openFile(folder.resolve("other")).close())
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("records database");
  }

  @Test
  void aReaderIsNotHeldUpByAWriterAndSeesWhatWasCommitted() {
    try (Database database = Database.temporary()) {
      database.migrate("testing", "db/testing");
      note(database, "before");
      int seen =
          database.write(h -> {
            h.execute("insert into notes (text) values ('now')");
            return notes(database).size();
          });
      assertThat(seen).isEqualTo(1);
      assertThat(notes(database)).containsExactly("before", "now");
    }
  }

  @Test
  void aWriteWithinAWriteIsAMistakeOfOurs() {
    try (Database database = Database.temporary()) {
      assertThatThrownBy(() -> database.write(_ -> database.write(_ -> 1)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("within another");
    }
  }

  @Test
  void numbersGoOnWhereTheyWereAlthoughTheNewestRowsWereDeleted() {
    try (Database database = Database.temporary()) {
      database.migrate("testing", "db/testing");
      note(database, "a");
      note(database, "b");
      int _ = database.write(h -> h.execute("delete from notes where text = 'b'"));
      note(database, "c");
      assertThat(
              database.<Long>read(
                  h -> h.createQuery("select max(id) from notes").mapTo(Long.class).one()))
          .isEqualTo(3);
    }
  }

  @Test
  void theLogIsMovedWhileManyWrite(@TempDir Path folder) throws Exception {
    try (Database database = Database.openFile(folder.resolve("records"))) {
      database.migrate("testing", "db/testing");
      List<Thread> writers =
          IntStream.range(0, 4)
              .mapToObj(w ->
                  Thread.ofVirtual()
                      .start(
                          () -> IntStream.range(0, 400).forEach(n -> text(database, w + "/" + n))))
              .toList();
      for (Thread writer : writers) {
        writer.join();
      }
      assertThat(notes(database)).hasSize(1_600);
    }
    assertThat(folder.resolve("records.db-wal")).doesNotExist();
    try (Database database = Database.openFile(folder.resolve("records"))) {
      assertThat(notes(database)).hasSize(1_600);
    }
  }

  private static void text(Database database, String text) {
    database.writeUnsynced(h -> h.execute("insert into notes (text) values (?)", text));
  }
}
