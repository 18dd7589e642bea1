package hinomi.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hinomi.model.Histogram;
import hinomi.model.Labels;
import hinomi.model.LogRecord;
import hinomi.model.Sample;
import hinomi.testkit.Seeds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What one of our encoders writes, its decoder reads back unchanged.
final class RoundTripTest {
  private static final Encodings.Limits LIMITS = new Encodings.Limits(1 << 24, 1000);

  @Test
  void remoteWriteBringsBackEverySampleToTheLastBit() {
    Seeds.forAll(
        200,
        random -> {
          List<Sample> samples = samples(random);
          byte[] message = Encodings.snappy(RemoteWrite.encode(samples), LIMITS);
          RemoteWrite.Decoded decoded = RemoteWrite.decode(message);
          assertEquals(List.of(), decoded.refusals());
          assertEquals(samples.size(), decoded.samples().size());
          assertEquals(new HashSet<>(samples), new HashSet<>(decoded.samples()));
        });
  }

  @Test
  void otlpLogsBringBackStreamTimeLineAndMetadata() {
    Seeds.forAll(
        200,
        random -> {
          List<LogRecord> records = records(random);
          OtlpLogs.Decoded decoded =
              OtlpLogs.decode(OtlpFormat.PROTOBUF, OtlpLogs.encode(records), Instant.EPOCH);
          assertEquals(new HashSet<>(records), new HashSet<>(decoded.records()));
          assertEquals(records.size(), decoded.records().size());
        });
  }

  @Test
  void theLinesOfOneStreamKeepTheirOrder() {
    Labels stream = Labels.of("job", "api");
    List<LogRecord> records = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      records.add(new LogRecord(stream, 7, "line " + i));
    }
    assertEquals(
        records,
        OtlpLogs.decode(OtlpFormat.PROTOBUF, OtlpLogs.encode(records), Instant.EPOCH).records());
  }

  @Test
  void expositionTextBringsBackWhatWasWritten() {
    Seeds.forAll(
        100,
        random -> {
          List<Exposition.Family> families = new ArrayList<>();
          for (int f = random.nextInt(5); f >= 0; f--) {
            String name = random.nextBoolean() ? "m" + f : "名.\"" + f;
            List<Exposition.Point> points = new ArrayList<>();
            for (int i = random.nextInt(4); i >= 0; i--) {
              points.add(
                  new Exposition.Point(
                      labels(random, "p" + i).with(Labels.NAME, name),
                      random.nextInt(3) == 0 ? -0.0 : random.nextGaussian() * 1e12,
                      random.nextBoolean()
                          ? OptionalLong.empty()
                          : OptionalLong.of(random.nextLong())));
            }
            families.add(
                new Exposition.Family(
                    name,
                    random.nextBoolean() ? Exposition.Type.GAUGE : Exposition.Type.STATESET,
                    random.nextBoolean() ? "" : "back\\slash \"quoted\"\nline",
                    random.nextBoolean() ? "" : "seconds",
                    points,
                    random.nextBoolean() ? List.of() : List.of(histogram(random, name))));
          }
          byte[] text = Exposition.text(families).getBytes(UTF_8);
          assertEquals(families, Exposition.parse(text, Exposition.Dialect.KEPT));
        });
  }

  private static Exposition.NativePoint histogram(Random random, String name) {
    boolean custom = random.nextBoolean();
    Histogram.Buckets positive =
        new Histogram.Buckets(new int[] {custom ? 0 : -7, 1, 3, 2}, new double[] {1, 0.5, 2e9});
    Histogram value =
        new Histogram(
            random.nextBoolean() ? Histogram.Reset.GAUGE : Histogram.Reset.UNKNOWN,
            custom ? Histogram.CUSTOM_BOUNDS : random.nextInt(13) - 4,
            custom ? 0 : 1e-128,
            custom ? 0 : random.nextInt(5),
            7,
            random.nextGaussian(),
            positive,
            custom || random.nextBoolean() ? Histogram.Buckets.NONE : positive,
            custom ? new double[] {-1, 0, 1, 2, 3} : new double[0]);
    return new Exposition.NativePoint(
        labels(random, "n").with(Labels.NAME, name), value, OptionalLong.empty(), List.of());
  }

  static List<Sample> samples(Random random) {
    double[] special = {
      Sample.STALE, Double.NaN, 0.0, -0.0, Double.POSITIVE_INFINITY, Double.MIN_VALUE
    };
    List<Sample> samples = new ArrayList<>();
    for (int s = random.nextInt(8); s >= 0; s--) {
      Labels labels = labels(random, "s" + s).with(Labels.NAME, "metric_" + s);
      for (int i = random.nextInt(40); i >= 0; i--) {
        double value =
            random.nextInt(4) == 0
                ? special[random.nextInt(special.length)]
                : random.nextGaussian() * 1e6;
        samples.add(
            new Sample(labels, 1_700_000_000_000L + i * 15_000L - random.nextInt(9), value));
      }
    }
    return samples;
  }

  static List<LogRecord> records(Random random) {
    List<LogRecord> records = new ArrayList<>();
    for (int s = random.nextInt(4); s >= 0; s--) {
      Labels stream = labels(random, "stream" + s);
      for (int i = random.nextInt(20); i >= 0; i--) {
        records.add(
            new LogRecord(
                stream,
                1_700_000_000_000_000_000L + random.nextInt(),
                "行 " + random.nextLong() + " \"q\"\t\\",
                random.nextBoolean() ? Labels.EMPTY : labels(random, "m")));
      }
    }
    return records;
  }

  /// Never empty. Some of the names are among those that OTLP or Loki treat in their own way.
  private static Labels labels(Random random, String mark) {
    String[] names = {"job", "instance", "service_name", "level", "path", "host_name", "x9"};
    Labels.Builder labels = Labels.builder().set("mark", mark);
    for (int i = random.nextInt(6); i > 0; i--) {
      labels.set(names[random.nextInt(names.length)], "v-" + random.nextInt(3) + "/é\n");
    }
    return labels.build();
  }
}
