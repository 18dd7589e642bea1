package hinomi.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hinomi.model.BadInput;
import hinomi.model.Histogram;
import hinomi.model.Labels;
import hinomi.model.Sample;
import hinomi.model.WriteBatch;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Cases that others wrote, from the directory `-Dcorpora`. What we answer otherwise stands in
/// `known-gaps.txt`, and must indeed be answered otherwise.
final class CorporaTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String root = System.getProperty("corpora", "");
  private final Set<String> gaps = new TreeSet<>();
  private final List<String> wrong = new ArrayList<>();

  @BeforeEach
  void corporaAreThere() throws IOException {
    assumeTrue(!root.isEmpty(), "no -Dcorpora: nothing to compare with");
    try (var in =
        Objects.requireNonNull(CorporaTest.class.getResourceAsStream("/known-gaps.txt"))) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        String[] parts = line.split("\\|");
        if (!line.startsWith("#") && parts.length == 3) {
          gaps.add(parts[0].strip() + " | " + parts[1].strip());
        }
      }
    }
  }

  @Test
  void otlpMetricNamesAreTranslatedAsUpstream() {
    int run = 0;
    for (String line : lines("otlp/metric_name_cases.jsonl")) {
      JsonNode c = tree(line);
      boolean ours =
          c.get("suffixes").asBoolean()
              && !c.get("utf8_allowed").asBoolean()
              && c.get("namespace").asText().isEmpty();
      if (ours) {
        run++;
        OtlpNames.Kind kind =
            switch (c.get("type").asText()) {
              case "Gauge" -> OtlpNames.Kind.GAUGE;
              case "MonotonicCounter" -> OtlpNames.Kind.COUNTER;
              default -> OtlpNames.Kind.OTHER;
            };
        judge(
            "otlp/metric_name_cases",
            c.get("name").asText() + "/" + c.get("metric").asText(),
            c.get("error").isNull() ? c.get("want").asText() : "",
            OtlpNames.metric(c.get("metric").asText(), c.get("unit").asText(), kind).orElse(""));
      }
    }
    verdict(run);
  }

  @Test
  void otlpRequestsBecomeTheSeriesOfTheSpecification() throws IOException {
    JsonNode cases = tree(text("otlp/metrics_to_series_cases.json")).get("cases");
    for (JsonNode c : cases) {
      OtlpMetrics.Decoded decoded =
          OtlpMetrics.decode(
              OtlpFormat.JSON, JSON.writeValueAsBytes(c.get("request")), GarbageTest.NO_MEMORY);
      Set<Sample> expected = new HashSet<>();
      for (JsonNode series : c.get("series")) {
        Labels.Builder labels = Labels.builder();
        series
            .get("labels")
            .properties()
            .forEach(l -> labels.set(l.getKey(), l.getValue().asText()));
        String value = series.get("value").asText();
        expected.add(
            new Sample(
                labels.build(),
                c.get("ts_ms").asLong(),
                value.equals("stale") ? Sample.STALE : Double.parseDouble(value)));
      }
      int rejected = decoded.refusals().stream().mapToInt(r -> r.count()).sum();
      judge(
          "otlp/metrics_to_series_cases",
          c.get("name").asText(),
          c.get("rejected_points").asInt() + " " + expected,
          rejected + " " + new HashSet<>(samples(decoded.batch())));
    }
    verdict(cases.size());
  }

  @Test
  void exponentialBucketsAreLaidOutAsUpstream() {
    JsonNode cases = tree(text("otlp/exp_histogram_layout_cases.json")).get("cases");
    for (JsonNode c : cases) {
      var given =
          ExponentialHistogramDataPoint.Buckets.newBuilder()
              .setOffset(c.get("otlp_offset").asInt());
      c.get("bucket_counts").forEach(count -> given.addBucketCounts(count.asLong()));
      c.get("by_scale_down")
          .properties()
          .forEach(scale -> {
            Histogram.Buckets found =
                OtlpExponential.buckets(given.build(), 8, Integer.parseInt(scale.getKey()));
            judge(
                "otlp/exp_histogram_layout_cases",
                c.get("name").asText() + "/" + scale.getKey(),
                scale.getValue().get("spans") + " " + scale.getValue().get("deltas"),
                spans(found) + " " + deltas(found));
          });
    }
    verdict(cases.size());
  }

  private static String spans(Histogram.Buckets buckets) {
    List<String> spans = new ArrayList<>();
    for (int i = 0; i < buckets.spans().length; i += 2) {
      spans.add("[" + buckets.spans()[i] + "," + buckets.spans()[i + 1] + "]");
    }
    return "[" + String.join(",", spans) + "]";
  }

  private static String deltas(Histogram.Buckets buckets) {
    List<String> deltas = new ArrayList<>();
    double last = 0;
    for (double count : buckets.counts()) {
      deltas.add(Long.toString(Math.round(count - last)));
      last = count;
    }
    return "[" + String.join(",", deltas) + "]";
  }

  @Test
  void expositionTextsAreJudgedAsPrometheusJudgesThem() {
    List<String> cases = lines("exposition/text_0_0_4_cases.jsonl");
    for (String line : cases) {
      JsonNode c = tree(line);
      judge(
          "exposition/text_0_0_4_cases",
          ascii(c.get("input").toString()),
          c.get("valid").asText(),
          parses(bytes(c.get("input").asText())));
    }
    verdict(cases.size());
  }

  @Test
  void textsOfRealExportersParse() {
    List<String> files =
        List.of(
            "live-alertmanager-0.25.txt",
            "live-blackbox.txt",
            "live-client_java-1.3.txt",
            "live-node_exporter-1.5.txt",
            "live-prometheus-2.42.txt",
            "live-pushgateway.txt",
            "live-vmagent-1.79.txt",
            "node_exporter/e2e-output.txt");
    for (String file : files) {
      judge(
          "exposition",
          file,
          "true",
          parses(text("exposition/" + file).getBytes(StandardCharsets.UTF_8)));
    }
    verdict(files.size());
  }

  @Test
  void whatIsOpenMetricsIsRead() throws IOException {
    int run = 0;
    try (Stream<Path> folders = Files.list(Path.of(root, "exposition/openmetrics-parsers"))) {
      for (Path folder : folders.filter(Files::isDirectory).sorted().toList()) {
        if (tree(Files.readString(folder.resolve("test.json"))).get("shouldParse").asBoolean()) {
          run++;
          String verdict = "true";
          try {
            Exposition.parse(
                Files.readAllBytes(folder.resolve("metrics")), Exposition.Dialect.OPENMETRICS);
          } catch (BadInput e) {
            verdict = e.reason();
          }
          judge("openmetrics-parsers", String.valueOf(folder.getFileName()), "true", verdict);
        }
      }
    }
    verdict(run);
  }

  /// Two scrapes of one running client; its values differ, its families and series do not.
  @Test
  void protobufAndTextOfAClientHoldTheSameSeries() throws IOException {
    List<Exposition.Family> text =
        Exposition.parse(Files.readAllBytes(Path.of(root, "exposition/live-client_java-1.3.txt")));
    List<Exposition.Family> protobuf =
        Exposition.parseDelimited(
            Files.readAllBytes(
                Path.of(root, "exposition/live-client_java-1.3.protobuf-delimited.bin")));
    assertEquals(series(text), series(protobuf));
  }

  private static Set<String> series(List<Exposition.Family> families) {
    Set<String> series = new TreeSet<>();
    for (Exposition.Family family : families) {
      for (Exposition.Point point : family.points()) {
        // The text says le="1.0" where the protobuf has a number.
        String labels = point.labels().toString().replace(".0\"", "\"");
        series.add(family.type() + " " + labels);
      }
    }
    return series;
  }

  private static List<Sample> samples(WriteBatch batch) {
    return new RemoteWrite.Decoded(batch, List.of()).samples();
  }

  /// The corpus writes a byte that is no UTF-8 as U+DC00 plus the byte.
  private static byte[] bytes(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    text.codePoints()
        .forEach(c -> {
          if (c >= 0xdc80 && c <= 0xdcff) {
            bytes.write(c - 0xdc00);
          } else {
            bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
          }
        });
    return bytes.toByteArray();
  }

  private static String ascii(String text) {
    return text.replaceAll("[^ -~]", "?");
  }

  private static String parses(byte[] text) {
    try {
      Exposition.parse(text);
      return "true";
    } catch (BadInput e) {
      return "false";
    }
  }

  private void judge(String corpus, String name, String expected, String found) {
    boolean agrees = expected.equals(found);
    boolean gap = gaps.contains(corpus + " | " + name);
    if (agrees == gap) {
      wrong.add(
          agrees
              ? "no longer a gap: " + corpus + " | " + name
              : corpus + " | " + name + "\n    expected " + expected + "\n    found    " + found);
    }
  }

  private void verdict(int run) {
    assertEquals("", String.join("\n", wrong), wrong.size() + " of " + run + " cases");
  }

  private List<String> lines(String file) {
    return text(file).lines().toList();
  }

  private String text(String file) {
    try {
      return Files.readString(Path.of(root, file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
