package hinomi.server;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.model.Labels;
import hinomi.model.Sample;
import hinomi.wire.RemoteWrite;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Queries that have killed other systems, over the real port and against real stores: each is
/// refused by the name of a limit, or answered right, in the time of an ordinary query, and reads
/// and holds no more than it may.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class QueriesOfDeathTest {
  private static final int SERIES = 3_000;
  private static final int MOST_SAMPLES = 100_000;
  private static final int MOST_READ = 200_000;
  private static final Duration AT_MOST = Duration.ofMillis(250);
  private static final int TRIES = 12;
  private static final String BOMB = "(((a{100}){100}){100}){100}";
  private static final String LONG_VALUE = "a".repeat(4_000) + "!";

  private Running app;

  @BeforeAll
  void start(@TempDir Path top) {
    app =
        new Running(
            Site.small(top)
                .read(
                    "promql.max-samples",
                    Integer.toString(MOST_SAMPLES),
                    "promql.max-read-samples",
                    Integer.toString(MOST_READ),
                    "promql.max-series",
                    "2000"));
    // Before the whole second in which the questions end, however fast the machine.
    long now = app.now().toEpochMilli() - 2_000;
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < SERIES; i++) {
      samples.add(new Sample(Labels.of(Labels.NAME, "many", "i", "v" + i), now, i));
    }
    for (int i = 0; i < 20; i++) {
      for (int t = 0; t < 60; t++) {
        Labels labels = Labels.of(Labels.NAME, "x", "i", "v" + i, "le", "b" + i);
        samples.add(new Sample(labels, now - t * 1000L, t));
      }
    }
    samples.add(new Sample(Labels.of(Labels.NAME, "long", "v", LONG_VALUE), now, 1));
    assertThat(Door.remoteWrite(RemoteWrite.encode(samples)).knock(app).status()).isEqualTo(204);
    assertThat(app.log("long", "a".repeat(20_000) + "!").status()).isEqualTo(204);
  }

  @AfterAll
  void stop() {
    app.close();
  }

  /// @param form of a POST, as it stands in the body
  /// @param says what the answer must contain
  private record Attack(String name, String path, String form, int status, String says) {}

  private static Attack metrics(String name, String query, int status, String says) {
    return new Attack(name, "/api/v1/query", "query=" + Running.encoded(query), status, says);
  }

  private Attack range(String name, String query, String window, int status, String says) {
    return new Attack(
        name, "/api/v1/query_range", "query=" + Running.encoded(query) + window, status, says);
  }

  private static Attack logs(String name, String filter, int status, String says) {
    String query = "{job=\"long\"} " + filter;
    return new Attack(
        name, "/loki/api/v1/query_range", "query=" + Running.encoded(query), status, says);
  }

  private Stream<Attack> all() {
    return Stream.of(patterns(), towers(), amounts(), arithmetic()).flatMap(part -> part);
  }

  /// Regular expressions: B30, B32, B33, B34 and B37 of the reliability catalogue.
  private static Stream<Attack> patterns() {
    return Stream.of(
        metrics("B30 states that double", "long{v=~\".*a.{30}\"}", 200, "success"),
        logs("B30 states that double, in lines", "|~ \".*a.{30}\"", 200, "success"),
        metrics("B32 two thousand stars", "long{v=~\"(.*a){2000}\"}", 400, "repeat"),
        logs("B32 two thousand stars, in lines", "|~ \"(.*a){2000}\"", 400, "repeat"),
        metrics("B32 fifty kilobytes", "long{v=~\"" + "a|".repeat(25_000) + "\"}", 400, "16384"),
        metrics("B32 all of Unicode but two", "long{v!~\"[^ab]+\"}", 200, "long"),
        metrics("B33 what multiplies", "long{v=~\"" + BOMB + "\"}", 400, "repeats too much"),
        logs("B33 what multiplies, in lines", "|~ \"" + BOMB + "\"", 400, "repeat"),
        metrics("B34 wildcards", "long{v=~\".*a.*b.*c.*d.*e.*f.*\"}", 200, "[]"),
        logs("B34 wildcards, in lines", "|~ \".*a.*b.*c.*d.*e.*f.*\"", 200, "[]"),
        metrics("B37 backtracking", "long{v=~\"(a+)+$\"}", 200, "[]"),
        metrics("B37 alternatives", "long{v=~\"(?:a|a)*b\"}", 200, "[]"),
        logs("B37 backtracking, in lines", "|~ \"(a+)+$\"", 200, "success"),
        logs("B37 alternatives, in lines", "|~ \"(?:a|a)*b\"", 200, "[]"));
  }

  /// What a parser falls from: B31 and B35.
  private static Stream<Attack> towers() {
    String flat = String.join("+", IntStream.range(0, 100_000).mapToObj(_ -> "1").toList());
    return Stream.of(
        metrics("B35 100 000 parentheses", tower("(", 100_000, ")"), 400, "16384 characters"),
        metrics("B35 8 000 parentheses", tower("(", 8_000, ")"), 400, "100 levels"),
        metrics("B35 100 000 signs", "-".repeat(100_000) + "1", 400, "16384 characters"),
        metrics("B35 16 000 signs", "-".repeat(16_000) + "1", 400, "100 levels"),
        metrics("B35 a flat chain", flat, 400, "16384 characters"),
        metrics("B35 comparisons", tower("x>bool(", 2_000, ")"), 400, "100 levels"),
        new Attack(
            "B31 parentheses in a search",
            "/loki/api/v1/query_range",
            "query=" + Running.encoded("(".repeat(100_000)),
            400,
            ""));
  }

  private static String tower(String open, int times, String close) {
    return open.repeat(times) + "x" + close.repeat(times);
  }

  /// Too much: B36.
  private Stream<Attack> amounts() {
    long now = app.now().getEpochSecond();
    String month = "&start=" + (now - 30 * 86_400) + "&end=" + now + "&step=";
    return Stream.of(
        range("B36 a month by the second", "x", month + "1", 400, "11,000 points"),
        range("B36 a month of all", "{__name__=~\".+\"}", month + "300", 422, "max-series"),
        range("B36 a month of some", "x", month + "300", 422, "too many samples"),
        metrics("B36 everything", "{__name__=~\".+\"}", 422, "max-series"),
        new Attack(
            "B36 one of everything",
            "/api/v1/query",
            "limit=1&query=" + Running.encoded("{__name__=~\".+\"}"),
            422,
            "max-series"),
        metrics(
            "B36 a year by the millisecond", "max_over_time(x[1y:1ms])", 422, "too many samples"));
  }

  /// What overflows: B38.
  private Stream<Attack> arithmetic() {
    return Stream.of(
        range("B38 before time", "x", "&start=-1e308&end=1&step=1", 400, "11,000 points"),
        range("B38 until NaN", "x", "&start=1&end=NaN&step=1", 400, "valid timestamp"),
        range("B38 no step", "x", "&start=1&end=2&step=0", 400, "zero or negative"),
        range("B38 a step of nothing", "x", "&start=1&end=2&step=1e-9", 400, "zero or negative"),
        range("B38 a step beyond the end", "x", "&start=1&end=2&step=1e6", 200, "success"),
        metrics("B38 a range of ages", "rate(x[99999999999d])", 400, "duration out of range"),
        metrics("B38 an offset of ages", "x offset -1000000000y", 400, "duration out of range"),
        metrics("B38 at the end of time", "x @ 9e18", 400, "out of bounds"));
  }

  @TestFactory
  Stream<DynamicTest> eachIsRefusedByNameOrAnsweredInTheTimeOfAnOrdinaryQuery() {
    return all()
        .map(attack ->
            DynamicTest.dynamicTest(
                attack.name(),
                () -> {
                  double read = own("hinomi_promql_samples_read_total");
                  long best = Long.MAX_VALUE;
                  int tries = 0;
                  while (tries++ < TRIES && best > AT_MOST.toNanos()) {
                    long begin = app.nanos();
                    HttpResponse<byte[]> answer = send(attack);
                    best = Math.min(best, app.nanos() - begin);
                    String body = new String(answer.body(), StandardCharsets.UTF_8);
                    assertThat(answer.statusCode()).as(body).isEqualTo(attack.status());
                    assertThat(body).isNotBlank().contains(attack.says());
                  }
                  assertThat(Duration.ofNanos(best)).isLessThan(AT_MOST);
                  assertThat(own("hinomi_promql_samples_read_total") - read)
                      .isLessThanOrEqualTo((double) MOST_READ * tries);
                }));
  }

  private HttpResponse<byte[]> send(Attack attack) {
    byte[] form = attack.form().getBytes(StandardCharsets.US_ASCII);
    return attack.path().startsWith("/loki") && form.length < 8_000
        ? app.exchange("GET", app.web() + attack.path() + "?" + attack.form(), new byte[0])
        : app.exchange(
            "POST",
            app.web() + attack.path(),
            form,
            "Content-Type",
            "application/x-www-form-urlencoded");
  }

  private double own(String metric) {
    Matcher line =
        Pattern.compile("(?m)^" + metric + " (\\S+)$")
            .matcher(app.get(app.web() + "/metrics").body());
    return line.find() ? Double.parseDouble(line.group(1)) : 0;
  }

  /// All of them at once, several times over, while somebody pushes: every push is acknowledged,
  /// and no query held more than it may.
  @Test
  void pushesGoOnWhileAllOfThemAreAsked() throws Exception {
    List<Attack> attacks = all().toList();
    try (ExecutorService clients = Executors.newFixedThreadPool(8)) {
      List<Future<Map<Integer, Integer>>> asked = new ArrayList<>();
      for (int client = 0; client < 8; client++) {
        int from = client;
        asked.add(
            clients.submit(() -> {
              Map<Integer, Integer> statuses = new TreeMap<>();
              for (int i = 0; i < attacks.size(); i++) {
                Attack attack = attacks.get((i + from * 5) % attacks.size());
                statuses.merge(send(attack).statusCode(), 1, Integer::sum);
              }
              return statuses;
            }));
      }
      for (int push = 0; push < 30; push++) {
        assertThat(app.write("pushed_meanwhile", push).status()).isIn(204, 400);
      }
      for (Future<Map<Integer, Integer>> each : asked) {
        assertThat(each.get(60, TimeUnit.SECONDS).keySet()).isSubsetOf(200, 400, 422, 503);
      }
    }
    assertThat(app.value("pushed_meanwhile")).isPresent();
    assertThat(own("hinomi_promql_query_peak_samples_max")).isBetween(1.0, (double) MOST_SAMPLES);
  }
}
