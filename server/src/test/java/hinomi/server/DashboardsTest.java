package hinomi.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import hinomi.logindexer.logql.Parser;
import hinomi.promql.PromQl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// The shipped Grafana dashboards ask only what we understand, for what we really produce.
final class DashboardsTest {
  private static final Path FOLDER = Site.tree().resolve("dashboards/grafana/dashboards");

  /// What a host may not have, and why.
  private static final Map<String, String> DEPENDS_ON_THE_HOST =
      Map.of(
          "node_timex_offset_seconds", "known only where chrony or ntpd runs",
          "node_disk_read_bytes_total", "a container may see no disk",
          "node_disk_written_bytes_total", "a container may see no disk",
          "node_disk_io_time_seconds_total", "a container may see no disk",
          "node_filesystem_avail_bytes", "a sandbox may have no mount of its own",
          "node_filesystem_size_bytes", "a sandbox may have no mount of its own",
          "node_memory_Cached_bytes", "told by Linux alone");

  /// A panel's expression with Grafana's variables filled in.
  ///
  /// @param source `prometheus` or `loki`
  private record Query(String panel, String source, String expression) {
    static Query of(JsonNode panel, JsonNode target) {
      return new Query(
          panel.path("title").asText(),
          target.at("/datasource/type").asText(),
          target
              .path("expr")
              .asText()
              .replaceAll("\\$\\{?__(rate_interval|interval|range)}?", "1m")
              .replaceAll("\\$\\{?\\w+}?", "tower"));
    }
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  private static List<Query> queries(Path file) throws IOException {
    List<Query> queries = new ArrayList<>();
    collect(JsonMapper.builder().build().readTree(file.toFile()).path("panels"), queries);
    assertThat(queries).as("queries of " + file).isNotEmpty();
    return queries;
  }

  /// Rows hold panels of their own.
  private static void collect(JsonNode panels, List<Query> into) {
    for (JsonNode panel : panels) {
      panel.path("targets").forEach(target -> into.add(Query.of(panel, target)));
      collect(panel.path("panels"), into);
    }
  }

  @TestFactory
  Stream<DynamicTest> everyQueryIsUnderstood() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path file : files()) {
      for (Query query : queries(file)) {
        tests.add(
            DynamicTest.dynamicTest(
                file.getFileName() + ": " + query.panel() + ": " + query.expression(),
                () -> assertThatCode(() -> parse(query)).doesNotThrowAnyException()));
      }
    }
    return tests.stream();
  }

  private static void parse(Query query) {
    switch (query.source()) {
      case "prometheus" -> PromQl.check(query.expression());
      case "loki" -> Parser.parse(query.expression());
      default -> throw new AssertionError("a data source that we are not: " + query);
    }
  }

  @Test
  void theHostDashboardAsksOnlyForWhatTheAgentTells(@TempDir Path top) throws IOException {
    Set<String> asked = new TreeSet<>();
    for (Query query : queries(FOLDER.resolve("host.json"))) {
      if (query.source().equals("prometheus")) {
        asked.addAll(PromQl.metricNames(query.expression()));
      }
    }
    asked.removeAll(DEPENDS_ON_THE_HOST.keySet());
    assertThat(asked).hasSizeGreaterThan(10);
    try (Running app = new Running(Site.small(top).read())) {
      Eventually.seen(
          "every metric of " + asked + "; there are " + told(app),
          () -> told(app).containsAll(asked));
    }
  }

  /// What the local agent has told so far.
  private static Set<String> told(Running app) {
    String selector = Running.encoded("{job=\"node\",instance=\"tower\"}");
    String names = app.web() + "/api/v1/label/__name__/values?match%5B%5D=" + selector;
    Set<String> told = new TreeSet<>();
    app.get(names).json().path("data").forEach(name -> told.add(name.asText()));
    return told;
  }
}
