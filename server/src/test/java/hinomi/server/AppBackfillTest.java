package hinomi.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The history that another system has kept comes in by a tool, over the product's own door.
final class AppBackfillTest {
  @TempDir Path top;

  @Test
  void aDumpOfWeeksAgoIsAskedForLikeEverythingElse() throws IOException {
    try (Running app = new Running(Site.small(top).read())) {
      Instant ago = app.now().minus(Duration.ofDays(20));
      StringBuilder dump = new StringBuilder();
      for (int i = 0; i < 25_000; i++) {
        dump.append("old{shard=\"").append(i / 5_000).append("\"} ").append(i).append(' ');
        dump.append(ago.getEpochSecond() + i % 5_000).append(".000\n");
      }
      Path file = top.resolve("dump.txt");
      Files.writeString(file, dump + "# EOF\n", StandardCharsets.UTF_8);
      assertThat(backfill(app, file)).isZero();
      assertThat(backfill(app, file)).isZero(); // once more changes nothing

      JsonNode count =
          app.get(
                  app.web()
                      + "/api/v1/query?query=sum(count_over_time(old%5B2h%5D))&time="
                      + ago.plus(Duration.ofHours(2)).minusSeconds(1).getEpochSecond())
              .json();
      assertThat(count.at("/data/result/0/value/1").asText()).isEqualTo("25000");
    }
  }

  @Test
  void whatIsTooOldIsRefusedAndTold() throws IOException {
    try (Running app = new Running(Site.small(top).read())) {
      Path file = top.resolve("dump.txt");
      Files.writeString(file, "old 1 1000000000\n# EOF\n", StandardCharsets.UTF_8);
      assertThat(backfill(app, file)).isEqualTo(1);
    }
  }

  private static int backfill(Running app, Path file) {
    return new CommandLine(new BackfillCommand()).execute("--server", app.web(), file.toString());
  }
}
