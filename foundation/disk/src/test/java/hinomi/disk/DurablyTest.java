package hinomi.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hinomi.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurablyTest {
  @TempDir Path folder;

  @Test
  void aFolderIsCreatedWithAllAboveItAndMayBeThere() throws IOException {
    Path deep = folder.resolve("a/b/c");
    Durably.createFolder(deep);
    Files.writeString(deep.resolve("kept"), "x");
    Durably.createFolder(deep);
    assertThat(deep.resolve("kept")).hasContent("x");
  }

  @Test
  void aFileInTheWayOfAFolderIsAnError() throws IOException {
    Files.writeString(folder.resolve("a"), "x");
    assertThatThrownBy(() -> Durably.createFolder(folder.resolve("a")))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aReplacedFileHoldsTheLastContentAndNothingLiesBesideIt() {
    Path file = folder.resolve("file");
    Seeds.forAll(
        20,
        random -> {
          byte[] content = new byte[random.nextInt(100_000)];
          random.nextBytes(content);
          Durably.replace(file, content);
          assertThat(file).hasBinaryContent(content);
          assertThat(folder).isDirectoryContaining(each -> each.equals(file));
          assertThat(folder.resolve("file.tmp")).doesNotExist();
        });
  }

  @Test
  void whatACrashLeftBesideAFileIsWrittenOver() throws IOException {
    Path file = folder.resolve("file");
    Files.writeString(folder.resolve("file.tmp"), "a long half of what was never finished");
    Durably.replace(file, new byte[] {'x'});
    assertThat(file).hasContent("x");
  }

  @Test
  void aFileThatCannotBeWrittenBesideLeavesTheOldOne() throws IOException {
    Path file = folder.resolve("file");
    Durably.replace(file, new byte[] {'x'});
    Files.createDirectory(folder.resolve("file.tmp"));
    assertThatThrownBy(() -> Durably.replace(file, new byte[] {'y'}))
        .isInstanceOf(IOException.class);
    assertThat(file).hasContent("x");
  }

  @Test
  void aRenamedFileTakesThePlaceOfAnother() throws IOException {
    Path from = Files.writeString(folder.resolve("from"), "new");
    Path to = Files.writeString(folder.resolve("to"), "old");
    Durably.rename(from, to);
    assertThat(from).doesNotExist();
    assertThat(to).hasContent("new");
    assertThatThrownBy(() -> Durably.rename(from, to)).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void deletesWhatIsThereAndPassesOverWhatIsGone() throws IOException {
    Path first = Files.writeString(folder.resolve("first"), "x");
    Path kept = Files.writeString(folder.resolve("kept"), "x");
    Durably.delete(folder, List.of(folder.resolve("gone"), first));
    assertThat(first).doesNotExist();
    assertThat(kept).exists();
  }
}
