package hinomi.metricstore;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.metricstore.wal.Wal;
import hinomi.model.Admission;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.model.Points;
import hinomi.model.Sample;
import hinomi.model.StoredSeries;
import hinomi.settings.Durations;
import hinomi.testkit.SimTime;
import hinomi.testkit.Specs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Runs `metric-store/*.spec`. Times are counted from the start of the clock.
class MetricStoreSpecTest {
  private static final Pattern MATCHER = Pattern.compile("(\\w+)(=~|!~|!=|=)\"([^\"]*)\"");

  @TempDir Path folder;
  private final List<Rig> rigs = new ArrayList<>();

  @TestFactory
  Stream<DynamicTest> metricStore() {
    return Specs.of("metric-store", () -> new Language(folder.resolve("store" + rigs.size())));
  }

  @AfterEach
  void close() {
    rigs.forEach(Rig::close);
  }

  private final class Language implements Specs.Meaning {
    private Rig rig;
    private final long start;
    private long from;
    private long to;

    Language(Path directory) {
      rig = new Rig(directory);
      rigs.add(rig);
      start = rig.now();
      from = Long.MIN_VALUE;
      to = Long.MAX_VALUE;
    }

    @Override
    public void run(Specs.Step step) throws IOException {
      String[] words = step.rest().split("\\s+");
      switch (step.verb()) {
        case "append" -> append(step);
        case "advance" -> rig.time.advance(Durations.parse(words[0]).orElseThrow());
        case "flush" -> {
          rig.store.maintain();
          rig.store.cleanTombstones(); // comes after whatever merging that began
        }
        case "reopen" -> rig.reopen();
        case "blocks" -> assertThat(blocks()).isEqualTo(Integer.parseInt(words[0]));
        case "limit" -> limit(Integer.parseInt(words[1]));
        case "range" -> {
          from = at(words[0]);
          to = at(words[1]);
        }
        case "select" -> select(step);
        case "series" -> series(step);
        case "names" ->
            assertThat(rig.store.labelNames(matchers(step.rest()), from, to))
                .isEqualTo(after(step.rest()));
        case "values" ->
            assertThat(rig.store.labelValues(words[0], matchers(step.rest()), from, to))
                .isEqualTo(after(step.rest()));
        case "count" ->
            assertThat(count(words[0])).isEqualTo(Double.parseDouble(words[words.length - 1]));
        default -> throw new AssertionError("unknown command " + step.verb());
      }
    }

    private int blocks() {
      return (int) rig.registry.get("hinomi.metricstore.blocks").gauge().value();
    }

    private void limit(int maxSeries) {
      MetricStoreConfig usual = rig.config;
      MetricStoreConfig limited =
          new MetricStoreConfig(
              usual.directory().resolve("limited"),
              usual.retention(),
              0,
              usual.blockSpan(),
              usual.outOfOrderWindow(),
              usual.backfillWindow(),
              usual.maxAhead(),
              usual.startTimestamps(),
              new MetricStoreConfig.SeriesLimits(maxSeries, 0, 0, 64, 0),
              Duration.ZERO,
              usual.maxPendingSamples(),
              usual.rollups());
      rig = new Rig(limited, new SimTime(rig.time.now()), Wal.DISK);
      rigs.add(rig);
    }

    private void append(Specs.Step step) {
      List<Sample> samples = new ArrayList<>();
      Map<String, Integer> expected = new HashMap<>();
      for (String line : step.block()) {
        String[] words = line.split("\\s+");
        samples.add(new Sample(labels(words[0]), at(words[1]), Double.parseDouble(words[2])));
        if (words.length > 3) {
          expected.merge(words[3], 1, Integer::sum);
        }
      }
      Admission admission = rig.store.append(samples);
      Map<String, Integer> refused = new HashMap<>();
      admission.refusals().forEach(refusal -> refused.put(refusal.reason(), refusal.count()));
      assertThat(refused).isEqualTo(expected);
      assertThat(admission.accepted() + admission.refused()).isEqualTo(samples.size());
    }

    private void select(Specs.Step step) {
      String[] words = step.rest().substring(step.rest().indexOf('}') + 1).strip().split(" ");
      List<String> found = new ArrayList<>();
      for (StoredSeries series :
          rig.store.select(matchers(step.rest()), at(words[0]), at(words[1]))) {
        Points points = new Points(series.size());
        series.read(points);
        if (points.isEmpty()) {
          continue;
        }
        StringBuilder line = new StringBuilder(text(series.labels()));
        for (int i = 0; i < points.size(); i++) {
          line.append(' ').append(print(points.timestamp(i) - start)).append('=');
          line.append((long) points.value(i));
        }
        found.add(line.toString());
      }
      assertThat(found).containsExactlyInAnyOrderElementsOf(step.block());
    }

    private void series(Specs.Step step) {
      List<String> found = new ArrayList<>();
      for (Labels labels : rig.store.series(matchers(step.rest()), from, to)) {
        found.add(text(labels));
      }
      assertThat(found).containsExactlyInAnyOrderElementsOf(step.block());
    }

    private double count(String what) {
      if (what.startsWith("refused")) {
        String reason = what.substring(what.indexOf('"') + 1, what.lastIndexOf('"'));
        return rig.registry
            .get("hinomi.metricstore.refused")
            .tag("reason", reason)
            .counter()
            .count();
      }
      return rig.registry.get("hinomi.metricstore." + what).counter().count();
    }

    private long at(String offset) {
      return offset.startsWith("-")
          ? start - Durations.parse(offset.substring(1)).orElseThrow().toMillis()
          : start + Durations.parse(offset).orElseThrow().toMillis();
    }
  }

  private static String print(long millis) {
    return millis < 0
        ? "-" + Durations.print(Duration.ofMillis(-millis))
        : Durations.print(Duration.ofMillis(millis));
  }

  private static Labels labels(String series) {
    Labels.Builder builder = Labels.builder().set(Labels.NAME, series.replaceAll("\\{.*", ""));
    var pairs = MATCHER.matcher(series);
    while (pairs.find()) {
      builder.set(pairs.group(1), pairs.group(3));
    }
    return builder.build();
  }

  private static String text(Labels labels) {
    List<String> pairs = new ArrayList<>();
    labels.without(Labels.NAME).forEach((name, value) -> pairs.add(name + "=\"" + value + "\""));
    return labels.metric() + "{" + String.join(",", pairs) + "}";
  }

  private static List<Matcher> matchers(String text) {
    List<Matcher> matchers = new ArrayList<>();
    var found = MATCHER.matcher(text);
    while (found.find()) {
      Matcher.Kind kind =
          Stream.of(Matcher.Kind.values())
              .filter(each -> each.sign().equals(found.group(2)))
              .findFirst()
              .orElseThrow();
      matchers.add(new Matcher(kind, found.group(1), found.group(3)));
    }
    return matchers;
  }

  private static List<String> after(String text) {
    String rest = text.substring(text.indexOf('}') + 1).strip();
    return rest.isEmpty() ? List.of() : List.of(rest.split("\\s+"));
  }
}
