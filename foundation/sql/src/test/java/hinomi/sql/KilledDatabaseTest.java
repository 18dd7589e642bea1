package hinomi.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process that writes is killed at drawn moments: what it said was written is there.
/// `-Dkills=200` for many.
final class KilledDatabaseTest {
  private static final int KILLS = Integer.getInteger("kills", 4);

  @TempDir Path folder;

  @Test
  void whatAKilledProcessSaidWasWrittenIsThere() throws Exception {
    Random random = new Random(7);
    Path file = folder.resolve("records");
    for (int kill = 0; kill < KILLS; kill++) {
      Map<Integer, Integer> told = killed(file, 20 + random.nextInt(600));
      try (Database after = Database.openFile(file)) {
        Map<Integer, Integer> found =
            after.read(h ->
                h.createQuery("select who, n from latest")
                    .reduceRows(
                        new HashMap<>(),
                        (all, row) -> {
                          all.put(
                              row.getColumn("who", Integer.class),
                              row.getColumn("n", Integer.class));
                          return all;
                        }));
        told.forEach((who, n) ->
            assertThat(found.get(who)).as("written by %s", who).isGreaterThanOrEqualTo(n));
      }
    }
  }

  /// What each writer said last before the end, which comes after a number of lines.
  private static Map<Integer, Integer> killed(Path file, int after) throws Exception {
    Process writers =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                KilledWriters.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Map<Integer, Integer> told = new HashMap<>();
    try (BufferedReader lines = writers.inputReader()) {
      int read = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ", -1);
        if (words.length == 3) { // a line that was cut ends without its dot
          told.put(Integer.valueOf(words[0]), Integer.valueOf(words[1]));
        }
        if (++read == after) {
          assertThat(writers.toHandle().destroyForcibly()).isTrue();
        }
      }
      assertThat(read).isGreaterThanOrEqualTo(after);
    }
    assertThat(writers.waitFor()).isNotZero();
    return told;
  }
}
