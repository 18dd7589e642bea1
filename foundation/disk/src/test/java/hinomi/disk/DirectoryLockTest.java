package hinomi.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hinomi.model.Unavailable;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTest {
  @TempDir Path folder;

  @Test
  void aDirectoryInUseIsRefusedInOneSentenceUntilItsHolderCloses() throws IOException {
    try (DirectoryLock held = DirectoryLock.take(folder, "the data in x")) {
      assertThat(held).isNotNull();
      assertThatThrownBy(() -> DirectoryLock.take(folder, "the data in x"))
          .isInstanceOf(Unavailable.class)
          .hasMessage("the data in x is in use by this process");
    }
    DirectoryLock.take(folder, "the data in x").close();
  }

  @Test
  void aFileThatADeadProcessLeftLocksNothing() throws IOException {
    Files.writeString(folder.resolve("lock"), "");
    DirectoryLock.take(folder, "the data in x").close();
  }

  @Test
  void anotherProcessKeepsADirectoryUntilItDies() throws Exception {
    Process other = new ProcessBuilder(holder()).redirectErrorStream(true).start();
    try (BufferedReader said = other.inputReader(StandardCharsets.UTF_8)) {
      assertThat(said.readLine()).isEqualTo("held");
      assertThatThrownBy(() -> DirectoryLock.take(folder, "the data in x"))
          .isInstanceOf(Unavailable.class)
          .hasMessage("the data in x is in use by another process");
    } finally {
      other.destroyForcibly().waitFor();
    }
    DirectoryLock.take(folder, "the data in x").close();
  }

  private String[] holder() {
    return new String[] {
      Path.of(System.getProperty("java.home"), "bin", "java").toString(),
      "-cp",
      System.getProperty("java.class.path"),
      Holder.class.getName(),
      folder.toString()
    };
  }

  /// Holds a directory until it is killed.
  static final class Holder {
    private Holder() {}

    public static void main(String[] args) throws IOException {
      try (DirectoryLock _ = DirectoryLock.take(Path.of(args[0]), "the data")) {
        System.out.println("held");
        System.in.read();
      }
    }
  }

  @Test
  void aDirectoryThatIsNotThereIsAnError() {
    assertThatThrownBy(() -> DirectoryLock.take(folder.resolve("none"), "the data in x"))
        .isInstanceOf(NoSuchFileException.class);
  }
}
