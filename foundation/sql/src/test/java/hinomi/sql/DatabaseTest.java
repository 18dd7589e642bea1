package hinomi.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hinomi.model.Unavailable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
      Files.copy(folder.resolve("records.mv.db"), crashed.resolve("records.mv.db"));
    }
    try (Database database = Database.openFile(crashed.resolve("records"))) {
      database.migrate("testing", "db/testing");
      assertThat(notes(database)).containsExactly("注文");
    }
  }

  @Test
  void aFailedWriteLeavesNothing() {
    try (Database database = Database.inMemory()) {
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
    Files.writeString(folder.resolve("other.mv.db"), "this is no database");
    assertThatThrownBy(() -> Database.openFile(folder.resolve("other")).close())
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("records database");
  }
}
