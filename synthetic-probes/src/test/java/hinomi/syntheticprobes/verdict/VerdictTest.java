package hinomi.syntheticprobes.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.model.Labels;
import hinomi.model.ProbeResult;
import hinomi.settings.Mistakes;
import hinomi.syntheticprobes.ProbesConfig;
import hinomi.syntheticprobes.check.Observed;
import hinomi.syntheticprobes.check.Probe;
import hinomi.testkit.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// `probe {…}` as in `config/probes/`; `observed key=value; …` with the verdict below it; `sample
/// NAME{…} VALUE` of the run before, or `no sample NAME`.
final class VerdictTest {
  private static final Instant AT = Instant.parse("2026-03-02T00:00:00Z");

  @TempDir static Path folder;

  @TestFactory
  Stream<DynamicTest> runsAreJudged() {
    return Specs.of("verdict", Meaning::new);
  }

  private static final class Meaning implements Specs.Meaning {
    private Optional<Probe> probe = Optional.empty();
    private Optional<ProbeResult> result = Optional.empty();

    @Override
    public void run(Specs.Step step) throws IOException {
      switch (step.verb()) {
        case "probe" -> probe = Optional.of(read(step.rest()));
        case "observed" -> {
          ProbeResult judged =
              Verdict.of(probe.orElseThrow(), AT, observed(step.rest()), Streak.NONE);
          result = Optional.of(judged);
          assertThat((judged.success() ? "up: " : "down: ") + judged.detail())
              .isEqualTo(String.join("; ", step.block()));
        }
        case "sample" -> {
          int blank = step.rest().lastIndexOf(' ');
          assertThat(samples())
              .containsEntry(
                  step.rest().substring(0, blank),
                  Double.parseDouble(step.rest().substring(blank + 1)));
        }
        case "no" ->
            assertThat(samples().keySet())
                .noneMatch(name -> name.startsWith(step.rest().replace("sample ", "")));
        default -> throw new IllegalArgumentException(step.verb());
      }
    }

    /// The labels that all samples share are left out.
    private Map<String, Double> samples() {
      Map<String, Double> samples = new TreeMap<>();
      Labels origin =
          Labels.of("job", "probe", "probe", probe.orElseThrow().id(), "component", "website");
      result
          .orElseThrow()
          .samples()
          .forEach(sample -> {
            assertThat(sample.labels().only(origin.toMap().keySet())).isEqualTo(origin);
            assertThat(sample.timestamp()).isEqualTo(AT.toEpochMilli());
            Labels own = sample.labels().without(origin.toMap().keySet());
            assertThat(own.get("instance")).isEqualTo(probe.orElseThrow().check().target());
            samples.put(own.without("instance").toString(), sample.value());
          });
      return samples;
    }

    private static Probe read(String yaml) throws IOException {
      Files.writeString(folder.resolve("p.yaml"), "probes:\n  - " + yaml + "\n");
      Mistakes mistakes = new Mistakes();
      ProbesConfig config = ProbesConfig.read(folder, mistakes, Map.of(), Set.of("website"));
      mistakes.throwIfAny();
      return config.probes().getFirst();
    }

    private static Observed observed(String text) {
      Map<String, String> fields = new TreeMap<>();
      for (String field : text.split(";\\s*")) {
        int equals = field.indexOf('=');
        fields.put(field.substring(0, equals), field.substring(equals + 1));
      }
      Duration took = Duration.ofMillis(Long.parseLong(fields.getOrDefault("took", "12")));
      String body = fields.getOrDefault("body", "");
      Optional<Observed.Answer> answer =
          Optional.ofNullable(fields.get("status"))
              .map(status ->
                  new Observed.Answer(
                      Integer.parseInt(status), "1.1", body, body.length(), body.length(), 0));
      return new Observed(
          took,
          Map.of(Observed.Phase.RESOLVE, Duration.ofMillis(2)),
          Optional.ofNullable(fields.get("address")),
          Optional.ofNullable(fields.get("trouble")),
          Optional.ofNullable(fields.get("certificate")).map(Instant::parse),
          Optional.ofNullable(fields.get("tls")),
          answer,
          fields.getOrDefault("received", ""));
    }
  }
}
