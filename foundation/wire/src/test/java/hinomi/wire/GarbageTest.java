package hinomi.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hinomi.model.BadInput;
import hinomi.model.Failure;
import hinomi.model.Labels;
import hinomi.model.LogRecord;
import hinomi.testkit.Seeds;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Whatever bytes come in, a decoder answers or says `BadInput`, `OverLimit` or `Unsupported`.
final class GarbageTest {
  /// Each delta is the first.
  static final OtlpDeltas NO_MEMORY = (_, _, _, delta) -> new OtlpDeltas.Answer.Counted(delta, 0);

  private static final String LOKI =
      """
      {"streams":[{"stream":{"a":"b"},"values":[["17","line",{"k":"v"}],["18","ünï"]]}]}\
      """;
  private static final String TEXT =
      """
      # HELP h text \\n
      # TYPE h histogram
      h_bucket{le="0.1",q="a\\"b"} 1
      h_bucket{le="+Inf"} 2 1700000000000
      {"utf.8", "l.n"="x"} -1e-3
      """;
  private static final String OPENMETRICS =
      """
      # TYPE h histogram
      # UNIT h seconds
      h_bucket{le="+Inf"} 2 1.5 # {trace_id="x",y="\\"z"} 0.67 1520879607.789
      # EOF
      """;
  private static final String METRICS =
      """
      {"resourceMetrics":[{"resource":{"attributes":[{"key":"a","value":{"intValue":"7"}}]},
      "scopeMetrics":[{"metrics":[{"name":"m","unit":"s","histogram":{"aggregationTemporality":2,
      "dataPoints":[{"timeUnixNano":"1","count":"3","sum":1.5,"bucketCounts":["1",2],
      "explicitBounds":[0.5]}]}},{"name":"x","exponentialHistogram":{"aggregationTemporality":1,
      "dataPoints":[{"timeUnixNano":"1","count":"4","sum":1.5,"scale":9,"zeroCount":1,
      "positive":{"offset":-3,"bucketCounts":["1","0","2"]},
      "exemplars":[{"asDouble":1,"spanId":"00ff"}]}]}}]}]}]}\
      """;
  private static final String LOGS =
      """
      {"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":1,"severityNumber":9,
      "body":{"kvlistValue":{"values":[{"key":"k","value":{"doubleValue":"NaN"}}]}},
      "traceId":"670c6eb982b904a89ae8c2fe41188ab2"}]}]}]}\
      """;

  private static final Map<String, Consumer<byte[]>> DECODERS =
      Map.of(
          "remote write", RemoteWrite::decode,
          "otlp metrics", body -> OtlpMetrics.decode(OtlpFormat.PROTOBUF, body, NO_MEMORY),
          "otlp metrics json", body -> OtlpMetrics.decode(OtlpFormat.JSON, body, NO_MEMORY),
          "otlp logs", body -> OtlpLogs.decode(OtlpFormat.PROTOBUF, body, Instant.EPOCH),
          "otlp logs json", body -> OtlpLogs.decode(OtlpFormat.JSON, body, Instant.EPOCH),
          "loki", LokiPush::decode,
          "openmetrics", body -> Exposition.parse(body, Exposition.Dialect.OPENMETRICS),
          "exposition protobuf", Exposition::parseDelimited,
          "exposition", Exposition::parse);

  /// `streams { labels: "{a=\"b\"}" entries { timestamp { seconds: 1 } line: "x" } }`
  private static final byte[] LOKI_PROTOBUF =
      HexFormat.of().parseHex("0a12" + "0a077b613d2262227d" + "1207" + "0a020801" + "120178");

  /// `name: "h" type: HISTOGRAM metric { label { name: "a" value: "b" } histogram { count: 2 } }`
  private static final byte[] FAMILY =
      HexFormat.of().parseHex("13" + "0a0168" + "1804" + "220c" + "0a060a0161120162" + "3a020802");

  @Test
  void theGoodMessagesOfThisTestAreGood() {
    assertEquals(
        List.of(new LogRecord(Labels.of("a", "b"), 1_000_000_000L, "x")),
        LokiPush.decodeProtobuf(LOKI_PROTOBUF).records());
    assertEquals(
        """
        # TYPE "h" histogram
        {"h_bucket","a"="b","le"="+Inf"} 2
        {"h_count","a"="b"} 2
        {"h_sum","a"="b"} 0
        """,
        Exposition.text(Exposition.parseDelimited(FAMILY)));
    DECODERS.forEach((format, decoder) -> decoder.accept(good(format, new Random(1))));
  }

  private static byte[] good(String format, Random random) {
    return switch (format) {
      case "remote write" ->
          Encodings.snappy(
              RemoteWrite.encode(RoundTripTest.samples(random)),
              new Encodings.Limits(1 << 24, 1000));
      case "otlp metrics" -> {
        ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
        OtlpFormat.JSON.read(METRICS.getBytes(UTF_8), request);
        yield request.build().toByteArray();
      }
      case "otlp metrics json" -> METRICS.getBytes(UTF_8);
      case "otlp logs" -> OtlpLogs.encode(RoundTripTest.records(random));
      case "otlp logs json" -> LOGS.getBytes(UTF_8);
      case "loki protobuf" -> LOKI_PROTOBUF.clone();
      case "exposition protobuf" -> FAMILY.clone();
      case "openmetrics" -> OPENMETRICS.getBytes(UTF_8);
      case "loki" -> LOKI.getBytes(UTF_8);
      default -> TEXT.getBytes(UTF_8);
    };
  }

  @Test
  void randomBytesEndInAFailureOrInAResult() {
    Seeds.forAll(
        300,
        random -> {
          byte[] body = new byte[random.nextInt(200)];
          random.nextBytes(body);
          DECODERS.values().forEach(decoder -> survives(decoder, body));
        });
  }

  @Test
  void damagedAndCutMessagesEndInAFailureOrInAResult() {
    Seeds.forAll(
        300,
        random ->
            DECODERS.forEach((format, decoder) -> {
              byte[] body = good(format, random);
              survives(decoder, Arrays.copyOf(body, random.nextInt(body.length + 1)));
              for (int i = random.nextInt(5); i >= 0; i--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt();
              }
              survives(decoder, body);
            }));
  }

  @Test
  void deepNestingIsBadInput() {
    String open = "{\"arrayValue\":{\"values\":[";
    String nested = open.repeat(500) + "]}}".repeat(500);
    String logs =
        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":" + nested + "}]}]}]}";
    byte[] groups = new byte[100_000];
    Arrays.fill(groups, (byte) 0x53); // field 10, group begins
    assertThrows(BadInput.class, () -> RemoteWrite.decode(groups));
    assertThrows(BadInput.class, () -> OtlpLogs.decode(OtlpFormat.PROTOBUF, groups, Instant.EPOCH));
    assertThrows(
        BadInput.class,
        () -> OtlpLogs.decode(OtlpFormat.JSON, logs.getBytes(UTF_8), Instant.EPOCH));
    assertThrows(BadInput.class, () -> LokiPush.decode("[".repeat(100_000).getBytes(UTF_8)));
  }

  private static void survives(Consumer<byte[]> decoder, byte[] body) {
    try {
      decoder.accept(body);
    } catch (Failure e) {
      // One of ours, as promised.
    }
  }
}
