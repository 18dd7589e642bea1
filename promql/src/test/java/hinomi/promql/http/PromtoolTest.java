package hinomi.promql.http;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.model.Labels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Prometheus' own tool, asking us: `-Dpromtool=FILE`, or the one on the path.
final class PromtoolTest {
  private final ApiServer api = new ApiServer(Instant.ofEpochSecond(1_000));
  private Path promtool = Path.of("promtool");

  @BeforeEach
  void find() {
    promtool =
        Stream.concat(
                Stream.of(System.getProperty("promtool", "")),
                Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                    .map(folder -> folder + "/promtool"))
            .filter(file -> !file.isEmpty())
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(Path.of(""));
    Assumptions.assumeTrue(
        Files.isExecutable(promtool) && !promtool.toString().isEmpty(),
        "skipped: there is no promtool; give one with -Dpromtool=FILE");
    for (int i = 0; i <= 10; i++) {
      long at = 900_000 + i * 10_000L;
      api.source.add(Labels.of(Labels.NAME, "up", "job", "node"), at, 1);
      api.source.add(Labels.of(Labels.NAME, "up", "job", "self"), at, i / 8.0);
    }
  }

  @AfterEach
  void close() {
    api.close();
  }

  private String run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(promtool.toString(), "query"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    return process.exitValue() + "\n" + said;
  }

  private String server() {
    return "http://127.0.0.1:" + api.port();
  }

  @Test
  void instant_and_range_queries_are_answered() throws Exception {
    assertThat(run("instant", "--time=1000", server(), "up"))
        .isEqualTo("0\nup{job=\"node\"} => 1 @[1000]\nup{job=\"self\"} => 1.25 @[1000]\n");
    assertThat(run("range", "--start=900", "--end=920", "--step=10s", server(), "sum(up)"))
        .isEqualTo("0\n{} =>\n1 @[900]\n1.125 @[910]\n1.25 @[920]\n");
  }

  @Test
  void series_and_labels_are_listed() throws Exception {
    assertThat(run("series", "--match=up", "--start=0", "--end=2000", server()))
        .isEqualTo("0\n{__name__=\"up\", job=\"node\"}\n{__name__=\"up\", job=\"self\"}\n");
    assertThat(run("labels", "--start=0", "--end=2000", server(), "job"))
        .isEqualTo("0\nnode\nself\n");
  }

  @Test
  void a_mistake_is_shown_with_its_place() throws Exception {
    assertThat(run("instant", server(), "up{"))
        .startsWith("1\n")
        .contains("bad_data", "1:4: parse error: unexpected end of input inside braces");
  }
}
