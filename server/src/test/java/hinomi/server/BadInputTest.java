package hinomi.server;

import static hinomi.testkit.Wire.bytes;
import static hinomi.testkit.Wire.field;
import static hinomi.testkit.Wire.fixed64;
import static hinomi.testkit.Wire.gzip;
import static hinomi.testkit.Wire.snappy;
import static org.assertj.core.api.Assertions.assertThat;

import hinomi.model.Labels;
import hinomi.model.Sample;
import hinomi.testkit.Seeds;
import hinomi.testkit.Wire;
import hinomi.wire.RemoteWrite;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Bad data at every door is answered with a 4xx that names what is wrong; the good part is stored,
/// nobody else notices.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BadInputTest {
  private static final int MIB = 1 << 20;
  private static final String DEEP = "[".repeat(200_000);

  private Running app;

  @BeforeAll
  void start(@TempDir Path top) {
    app = new Running(Site.small(top).read());
  }

  @AfterAll
  void stop() {
    app.close();
  }

  /// Whatever was sent: others are served as before.
  @AfterEach
  void itStillAnswersAndStores() {
    for (Door door : Door.all(app.now())) {
      Running.Answer answer = door.knock(app);
      assertThat(answer.status()).as(door + ": " + answer.body()).isIn(200, 204);
    }
    assertThat(app.get(app.web() + "/readyz").status()).isEqualTo(200);
  }

  private DynamicTest refused(String what, Door door, int status, String... says) {
    return DynamicTest.dynamicTest(
        door + ": " + what,
        () -> {
          Running.Answer answer = door.knock(app);
          assertThat(answer.status()).as(answer.body()).isEqualTo(status);
          assertThat(answer.body()).contains(says);
        });
  }

  private Stream<Door> doors() {
    return Door.all(app.now()).stream();
  }

  /// Those that read protobuf as it is, JSON or text, under any `Content-Encoding`.
  private Stream<Door> encodedDoors() {
    return doors().filter(door -> !door.name().matches("remote write|Loki in protobuf"));
  }

  @TestFactory
  Stream<DynamicTest> aBodyThatIsTooLargeIs413() {
    byte[] large = new byte[33 * MIB];
    return doors().map(door -> refused("33 MiB", door.with(large), 413, "larger than"));
  }

  @TestFactory
  Stream<DynamicTest> aBombIs413() {
    byte[] bomb = gzip(new byte[80 * MIB]);
    return encodedDoors()
        .map(door ->
            refused(
                "80 MiB in " + bomb.length + " bytes",
                door.with(bomb)
                    .with("Content-Type", door.headers().get(1), "Content-Encoding", "gzip"),
                413,
                "decompressed"));
  }

  @TestFactory
  Stream<DynamicTest> aCompressionThatIsNotWhatTheHeaderSaysIs400() {
    return encodedDoors()
        .map(door ->
            refused(
                "gzip that is none",
                door.with("Content-Type", door.headers().get(1), "Content-Encoding", "gzip"),
                400,
                "gzip"));
  }

  @TestFactory
  Stream<DynamicTest> aCompressionThatIsNotSpokenIs415() {
    return doors()
        .map(door ->
            refused(
                "brotli",
                door.with("Content-Type", door.headers().get(1), "Content-Encoding", "br"),
                415,
                "br"));
  }

  @TestFactory
  Stream<DynamicTest> jsonThatIsNoneIs400() {
    return doors()
        .filter(door -> door.headers().contains("application/json"))
        .flatMap(door ->
            Stream.of(
                refused("nothing", door.with(new byte[0]), 400, "JSON"),
                refused("a list", door.with(bytes("[]")), 400, "object"),
                refused("half", door.with(bytes("{\"resourceLogs\":[{")), 400, "JSON"),
                refused("two", door.with(bytes("{}{}")), 400, "JSON", "at byte 2"),
                refused("deep", door.with(bytes("{\"streams\":" + DEEP)), 400, "JSON"),
                refused("no UTF-8", door.with(new byte[] {'{', '"', (byte) 0xff}), 400, "JSON"),
                refused(
                    "a long number",
                    door.with(bytes("{\"x\":" + "9".repeat(5_000) + "}")),
                    400,
                    "JSON")));
  }

  @TestFactory
  Stream<DynamicTest> whatHasTheWrongShapeIs400AndSaysWhere() {
    return Stream.of(
        refused("nothing", Door.remoteWrite(new byte[0]), 400, "the body is empty"),
        refused("no snappy", Door.remoteWrite(bytes("no snappy")), 400, "snappy"),
        refused(
            "snappy that claims 4 GiB",
            Door.remoteWrite(new byte[] {-1, -1, -1, -1, 15, 0}),
            413,
            "decompressed"),
        refused("snappy of no message", Door.remoteWrite(snappy(bytes("?????"))), 400, "at byte 1"),
        refused("no snappy", Door.lokiProtobuf(bytes("no snappy")), 400, "snappy"),
        refused(
            "snappy of no message", Door.lokiProtobuf(snappy(bytes("?????"))), 400, "at byte 1"),
        refused("no message", Door.otlpLogs(bytes("?????")), 400, "OTLP", "at byte 1"),
        refused("a number for a list", Door.loki("{\"streams\":7}"), 400, "streams"),
        refused("streams of texts", Door.loki("{\"streams\":[\"a\"]}"), 400, "stream"),
        refused(
            "a text for a list",
            Door.otlpJsonLogs("{\"resourceLogs\":\"a\"}"),
            400,
            "resourceLogs"),
        refused("half a line", Door.pushgateway("good{a=\"b"), 400, "line 1"),
        refused("a word for a value", Door.pushgateway("ok 1\ngood one\n"), 400, "line 2"));
  }

  @TestFactory
  Stream<DynamicTest> aMediaTypeThatIsNotSpokenIs415() {
    return doors()
        .filter(door -> door.name().matches("remote write|OTLP.*"))
        .map(door -> refused("HTML", door.with("Content-Type", "text/html"), 415, "text/html"));
  }

  @TestFactory
  Stream<DynamicTest> aWrongMethodIs405AndNamesTheRightOne() {
    return doors()
        .map(door ->
            DynamicTest.dynamicTest(
                door + ": GET",
                () -> {
                  Running.Answer answer = app.get(app.web() + door.path());
                  assertThat(answer.status()).isEqualTo(405);
                  assertThat(answer.body()).contains("POST");
                }));
  }

  @Test
  void theGoodPartOfABatchIsStoredAndTheBadPartIsNamed() {
    long now = app.now().toEpochMilli();
    Sample good = new Sample(Labels.of(Labels.NAME, "kept"), now, 7);
    Sample bad = new Sample(Labels.of(Labels.NAME, "kept", "a", "x".repeat(5_000)), now, 8);
    Running.Answer answer = Door.remoteWrite(RemoteWrite.encode(List.of(bad, good))).knock(app);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).startsWith("1 of 2 samples not stored: 1 label_value_too_long: ");
    assertThat(app.value("kept")).contains(7.0);

    answer =
        Door.loki(
                """
                {"streams":[{"stream":{"job":"kept"},"values":[
                  ["%d000000","good"],["%d000000","from the future"],["soon","no time"]]}]}\
                """
                    .formatted(now, now + 86_400_000))
            .knock(app);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("2 of 3 lines not stored", "too_far_ahead", "bad_entry");
    assertThat(app.lines("{job=\"kept\"}")).containsExactly("good");

    answer =
        Door.otlpJsonLogs(
                """
                {"resourceLogs":[{"resource":{"attributes":[
                  {"key":"service.name","value":{"stringValue":"kept"}}]},
                  "scopeLogs":[{"logRecords":[
                    {"timeUnixNano":"%d000000","body":{"stringValue":"good"}},
                    {"timeUnixNano":"1","body":{"stringValue":"from 1970"}}]}]}]}\
                """
                    .formatted(now))
            .knock(app);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().at("/partialSuccess/rejectedLogRecords").asInt()).isEqualTo(1);
    assertThat(answer.json().at("/partialSuccess/errorMessage").asText()).contains("too_old");
    assertThat(app.lines("{service_name=\"kept\"}")).containsExactly("good");
  }

  /// JSON can name half a character, which UTF-8 cannot hold.
  @Test
  void halfACharacterIsTakenOrRefusedAndTheRestIsFound() {
    String nanos = app.now().toEpochMilli() + "000000";
    Running.Answer answer =
        Door.loki(
                """
                {"streams":[
                  {"stream":{"job":"half","value":"HALF"},"values":[["TIME","in a label"]]},
                  {"stream":{"job":"half"},"values":[
                    ["TIME","in a line HALF"],["TIME","in metadata",{"a":"HALF"}],["TIME","whole"]
                  ]}]}\
                """
                    .replace("TIME", nanos)
                    .replace("HALF", "\\ud800"))
            .knock(app);
    assertThat(answer.status()).as(answer.body()).isIn(204, 400);
    assertThat(app.lines("{job=\"half\"}")).contains("whole");
    assertThat(app.get(app.web() + "/loki/api/v1/labels").status()).isEqualTo(200);
    assertThat(app.get(app.web() + "/loki/api/v1/series").status()).isEqualTo(200);
  }

  /// A time that no clock ever shows must neither be stored nor break what asks for times.
  @TestFactory
  Stream<DynamicTest> impossibleTimesAreRefused() {
    byte[] name = field(1, field(1, bytes("__name__")), field(2, bytes("when")));
    return Stream.of(Long.MAX_VALUE, Long.MIN_VALUE, 0L, app.now().toEpochMilli() * 1_000)
        .map(at ->
            DynamicTest.dynamicTest(
                "a sample of " + at,
                () -> {
                  byte[] sample = field(2, fixed64(1, 0), Wire.number(2, at));
                  Door door = Door.remoteWrite(snappy(field(1, name, sample)));
                  assertThat(door.knock(app).status()).isEqualTo(400);
                  assertThat(app.get(app.web() + "/api/v1/series?match%5B%5D=when").status())
                      .isEqualTo(200);
                }));
  }

  @TestFactory
  Stream<DynamicTest> aQuestionThatIsWrongIs400() {
    String metrics = app.web() + "/api/v1/query?query=";
    String logs = app.web() + "/loki/api/v1/query_range?query=";
    return Stream.of(
            metrics + "sum(",
            metrics + Running.encoded("{" + "a=~\"(((a{100}){100}){100}){100}\"}"),
            metrics + "(".repeat(9_000),
            metrics + Running.encoded("-".repeat(9_000) + "1"),
            metrics,
            metrics + "up&time=yesterday",
            app.web() + "/api/v1/query_range?query=up&start=0&end=9e99&step=1",
            app.web() + "/api/v1/query_range?query=up&start=0&end=100000000&step=1",
            app.web() + "/api/v1/series",
            logs + Running.encoded("{job=}"),
            logs + Running.encoded("{job=\"a\"} |~ \"(((a{100}){100}){100}){100}\""),
            logs + "(".repeat(9_000),
            logs + Running.encoded("{job=\"a\"}") + "&limit=-1",
            logs + Running.encoded("{job=\"a\"}") + "&start=then",
            app.web() + "/api/hinomi/v1/alerts?limit=many",
            app.web() + "/api/hinomi/v1/incidents?limit=many")
        .map(url ->
            DynamicTest.dynamicTest(
                url.substring(app.web().length(), Math.min(url.length(), 120)),
                () -> {
                  Running.Answer answer = app.get(url);
                  assertThat(answer.status()).as(answer.body()).isIn(400, 422);
                  assertThat(answer.body()).isNotBlank();
                }));
  }

  @TestFactory
  Stream<DynamicTest> whatPeopleSendIsHeldToTheSameRules() {
    return Stream.of("", "{", "[]", "7", DEEP, "{\"title\":7}", "{\"titel\":\"x\"}")
        .map(body ->
            DynamicTest.dynamicTest(
                "an incident: " + body.substring(0, Math.min(20, body.length())),
                () -> {
                  Running.Answer answer =
                      app.post(app.web() + "/api/hinomi/v1/incidents", "application/json", body);
                  assertThat(answer.status()).as(answer.body()).isEqualTo(400);
                  assertThat(app.incidents()).isEmpty();
                }));
  }

  /// What a good body becomes on a bad line: cut off, with bytes changed, or noise altogether.
  @Test
  void damagedBodiesAreTakenOrRefusedButNeverBreakAnything() {
    Seeds.forAll(
        100,
        random -> {
          for (Door door : Door.all(app.now())) {
            Door damaged = door.with(damaged(door.good(), random));
            Running.Answer answer = damaged.knock(app);
            assertThat(answer.status()).as(door + ": " + answer.body()).isBetween(200, 499);
            assertThat(answer.status() >= 400 && answer.body().isBlank())
                .as(door + " refused without a word")
                .isFalse();
          }
        });
  }

  /// Pieces of good questions in an order that makes little sense.
  @Test
  void damagedQuestionsAreAnsweredOrRefusedButNeverBreakAnything() {
    List<String> pieces =
        List.of(
            "sum by (a) (",
            "rate(up[5m])",
            "{job=\"good\"}",
            "up",
            ")",
            "|= `x`",
            "|~ \"(\"",
            "count_over_time({job=~\".+\"}[1m])",
            "[5m:1s]",
            " offset -1w",
            " @ end()",
            "histogram_quantile(0.9, ",
            "label_replace(up, \"a\", \"$1\", \"b\", \"(\")",
            " or on () ",
            " / ",
            "-",
            "9e999",
            "\"",
            "注",
            "}");
    List<String> doors =
        List.of(
            "/api/v1/query?query=",
            "/api/v1/query_range?start=0&end=1000&step=10&query=",
            "/api/v1/series?match%5B%5D=",
            "/api/v1/format_query?query=",
            "/loki/api/v1/query?query=",
            "/loki/api/v1/query_range?query=",
            "/loki/api/v1/series?match%5B%5D=",
            "/api/hinomi/v1/logs?q=",
            "/explore?q=",
            "/logs?q=");
    Seeds.forAll(
        100,
        random -> {
          StringBuilder question = new StringBuilder();
          for (int i = 0; i <= random.nextInt(5); i++) {
            question.append(pieces.get(random.nextInt(pieces.size())));
          }
          for (String door : doors) {
            Running.Answer answer =
                app.get(app.web() + door + Running.encoded(question.toString()));
            assertThat(answer.status()).as(door + question).isBetween(200, 499);
          }
        });
  }

  private static byte[] damaged(byte[] good, Random random) {
    byte[] bytes = good.clone();
    switch (random.nextInt(3)) {
      case 0 -> bytes = Arrays.copyOf(good, random.nextInt(good.length));
      case 1 -> {
        for (int i = 0; i <= random.nextInt(4); i++) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
      }
      default -> random.nextBytes(bytes);
    }
    return bytes;
  }
}
