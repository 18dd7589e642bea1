package hinomi.promql.http;

import static hinomi.promql.http.ApiServer.encoded;
import static org.assertj.core.api.Assertions.assertThat;

import hinomi.model.Labels;
import hinomi.promql.PromQlConfig;
import hinomi.promql.PrometheusApiConfig;
import hinomi.promql.SeriesSource;
import hinomi.settings.Mistakes;
import hinomi.settings.Yaml;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Requests made to hurt: each is refused with a limit by name, or answered right, in less than a
/// tenth of a second.
final class HostileQueriesTest {
  private static final long NOW = 1_795_191_600;
  private static final Duration AT_MOST = Duration.ofMillis(100);
  private static final int TRIES = 20;

  private static final PromQlConfig LIMITS =
      limits(
          """
          max-samples: 100000
          max-read-samples: 200000
          max-series: 1000
          """);

  private static final PromQlConfig ONE_AT_A_TIME =
      limits(
          """
          timeout: 1h
          max-samples: 2000000000
          max-read-samples: 2000000000
          concurrency: 1
          client-concurrency: 1
          """);

  private static final String TOO_LONG = "expression is longer than 16384 characters";
  private static final String TOO_DEEP = "expression is nested deeper than 100 levels";

  private static final ApiServer API =
      new ApiServer(Instant.ofEpochSecond(NOW), LIMITS, PrometheusApiConfig.DEFAULT);

  private static PromQlConfig limits(String yaml) {
    Mistakes mistakes = new Mistakes();
    PromQlConfig limits = PromQlConfig.from(Yaml.parse("limits", yaml, mistakes));
    mistakes.throwIfAny();
    return limits;
  }

  /// @param form of a POST to the endpoint
  /// @param says what the body must contain
  record Attack(String name, String endpoint, String form, int status, String says) {
    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeAll
  static void fill() {
    for (int i = 0; i < 2_000; i++) {
      API.source.add(Labels.of(Labels.NAME, "many", "i", "v" + i), NOW * 1000, i);
    }
    for (int i = 0; i < 20; i++) {
      for (int t = 59; t >= 0; t--) {
        API.source.add(
            Labels.of(Labels.NAME, "x", "i", "v" + i, "le", "b" + i),
            (NOW - t * 60L) * 1000,
            i + t);
      }
    }
    API.source.add(Labels.of(Labels.NAME, "long", "v", "a".repeat(100_000)), NOW * 1000, 1);
  }

  @AfterAll
  static void close() {
    API.close();
  }

  private static Attack instant(String name, String query, int status, String says) {
    return new Attack(name, "query", "query=" + encoded(query), status, says);
  }

  private static Attack range(String name, String query, String window, int status, String says) {
    return new Attack(name, "query_range", "query=" + encoded(query) + window, status, says);
  }

  private static String window(long seconds, String step) {
    return "&start=" + (NOW - seconds) + "&end=" + NOW + "&step=" + step;
  }

  private static String nested(String open, int times, String inside, String close) {
    return open.repeat(times) + inside + close.repeat(times);
  }

  static Stream<Attack> attacks() {
    return Stream.of(texts(), amounts(), windows(), meanings(), lookups()).flatMap(all -> all);
  }

  /// What the parser must survive.
  private static Stream<Attack> texts() {
    String chain = String.join("+", IntStream.range(0, 100_000).mapToObj(_ -> "1").toList());
    return Stream.of(
        instant("100 000 parentheses", nested("(", 100_000, "1", ")"), 400, TOO_LONG),
        instant("5 000 parentheses", nested("(", 5_000, "1", ")"), 400, TOO_DEEP),
        instant("unclosed parentheses", "(".repeat(50_000), 400, TOO_LONG),
        instant("100 000 signs", "-".repeat(100_000) + "1", 400, TOO_LONG),
        instant("a flat chain of 200 KB", chain, 400, TOO_LONG),
        instant("a flat chain of powers", chain.replace('+', '^'), 400, TOO_LONG),
        instant("nested bool", nested("x>bool(", 2_000, "x", ")"), 400, TOO_DEEP),
        instant("nested functions", nested("abs(", 3_000, "x", ")"), 400, TOO_DEEP),
        instant("nested sums", nested("sum(", 3_000, "x", ")"), 400, TOO_DEEP),
        instant("nested subqueries", nested("rate(", 60, "x", "[1h:1m])"), 422, "too many samples"),
        instant("1 MB of blanks", " ".repeat(900_000), 400, TOO_LONG),
        instant("200 KB of comment", "#" + "a".repeat(199_000), 400, TOO_LONG),
        instant("empty", "", 400, "no expression found"),
        instant("comment only", "# nothing", 400, "no expression found"),
        instant("unclosed quotes", "x{a=\"" + "b".repeat(10_000), 400, "unterminated"),
        instant("unclosed backtick", "`abc", 400, "unterminated"),
        instant("bad escape", "x{a=\"\\xZZ\"}", 400, "in escape sequence"),
        instant("bytes that are no text", "\"\\xff\\xfe\"", 200, "success"),
        instant("NUL", "x\0y", 400, "unexpected character"),
        instant("no such characters", "日本 + 𝒳", 400, "unexpected character"),
        instant("keyword as label", "sum by (by, on, bool) (x)", 200, "success"),
        instant("too few arguments", "rate()", 400, "expected 1 argument(s)"),
        instant("too many arguments", "rate(x[5m], " + "1,".repeat(5_000) + "1)", 400, "got 5002"),
        instant("unknown function", "drop_table(x)", 400, "unknown function"),
        instant("empty selector", "{}", 400, "non-empty matcher"),
        instant("selector that fits all", "{a=~\".*\"}", 400, "non-empty matcher"),
        instant("100 matchers", "x{" + "a!=\"b\",".repeat(100) + "}", 200, "success"),
        instant("regex of 10 KB", "x{i=~\"" + "a|".repeat(5_000) + "b\"}", 400, "4096 characters"),
        instant(
            "regex that multiplies",
            "x{i=~\"(((a{100}){100}){100}){100}\"}",
            400,
            "repeats too much"),
        instant("regex that backtracks", "long{v=~\"(a+)+$b\"}", 200, "[]"),
        instant("alternatives that backtrack", "long{v=~\"(?:a|a)*b\"}", 200, "[]"),
        instant("regex unclosed", "x{i=~\"(\"}", 400, "missing closing )"));
  }

  /// What is too much.
  private static Stream<Attack> amounts() {
    return Stream.of(
        instant("every series", "{__name__=~\".+\"}", 422, "max-series"),
        new Attack(
            "limit=1 does not help",
            "query",
            "limit=1&query=" + encoded("{__name__=~\".+\"}"),
            422,
            "max-series"),
        range("30 days by 1 s", "x", window(30 * 86_400, "1"), 400, "11,000 points"),
        range(
            "all in 11 000 points",
            "{i=~\"v1?[0-9]\"}",
            window(10_999, "1"),
            422,
            "too many samples"),
        instant("a year by the millisecond", "count_over_time(x[1y:1ms])", 422, "too many samples"),
        instant(
            "ten subqueries",
            nested("max_over_time(", 10, "x", "[10m:1s])"),
            422,
            "too many samples"),
        instant("repeated selectors", "x" + " or x".repeat(80), 422, "max-series"),
        instant("product of everything", "x * on() group_left() x", 422, "duplicate series"),
        instant("many to many", "x / on(nothing) x", 422, "duplicate series"),
        instant("count_values", "count_values(\"v\", x)", 200, "success"),
        instant("top of a billion", "topk(1e9, x)", 200, "success"),
        instant("top of NaN", "topk(NaN, x)", 422, "NaN"),
        instant("top of infinity", "topk(+Inf, x)", 422, "overflows int64"),
        instant("quantile below zero", "quantile(-1, x)", 200, "-Inf"),
        instant(
            "label bomb",
            "label_replace(x, \"d\", \"$99$1$1$1\", \"i\", \"(.*)*\")",
            200,
            "v0v0v0"),
        instant(
            "a regex in a function that multiplies",
            "label_replace(x, \"d\", \"$1\", \"i\", \"(((a{100}){100}){100}){100}\")",
            422,
            "repeats too much"),
        instant(
            "join bomb",
            "label_join(x, \"d\", \"" + "s".repeat(5_000) + "\"" + ", \"i\"".repeat(500) + ")",
            422,
            "65,536 characters"),
        instant(
            "replacement bomb",
            "label_replace(long, \"d\", \"" + "$1".repeat(5_000) + "\", \"v\", \"(.*)\")",
            422,
            "65,536 characters"));
  }

  /// What overflows.
  private static Stream<Attack> windows() {
    String ages = "[" + "9".repeat(11) + "d]";
    return Stream.of(
        range("start at -1e308", "x", "&start=-1e308&end=1&step=1", 400, "11,000 points"),
        range("end is no number", "x", "&start=1&end=NaN&step=1", 400, "valid timestamp"),
        range("end is infinite", "x", "&start=1&end=Inf&step=1", 400, "11,000 points"),
        range("step of zero", "x", window(10, "0"), 400, "zero or negative"),
        range("negative step", "x", window(10, "-1"), 400, "zero or negative"),
        range("step below a millisecond", "x", window(10, "1e-9"), 400, "zero or negative"),
        range("step above the range", "x", window(10, "1e9"), 200, "success"),
        range("step beyond all", "x", window(10, "1e300"), 400, "valid duration"),
        range("reversed", "x", "&start=10&end=1&step=1", 400, "end timestamp must not be before"),
        range("ten years", "x", window(10 * 365 * 86_400L, "86400"), 200, "success"),
        instant("range of ages", "rate(x" + ages + ")", 400, "duration out of range"),
        instant("range of zero", "rate(x[0s])", 400, "duration must be greater than 0"),
        instant("subquery step of zero", "rate(x[5m:0s])", 400, "greater than 0"),
        instant("offset of ages", "x offset -1000000000y", 400, "duration out of range"),
        instant("at the end of time", "x @ 9e18", 400, "out of bounds"),
        instant("at no time", "x @ NaN", 400, "out of bounds"),
        instant("at the end twice", "x @ end() @ start()", 400, "multiple times"),
        instant("prediction of ages", "predict_linear(x[1h], 1e300)", 200, "success"),
        new Attack("asked in the year 300 000", "query", "query=x&time=9e12", 200, "[]"),
        new Attack("asked before time", "query", "query=x&time=-9e99", 200, "[]"),
        new Attack("lookback of ages", "query", "query=x&lookback_delta=1e12", 200, "success"),
        new Attack("lookback below zero", "query", "query=x&lookback_delta=-5", 200, "v19"),
        new Attack("timeout below zero", "query", "query=x&timeout=-1", 503, "timed out"));
  }

  /// What means little, and must mean it quickly.
  private static Stream<Attack> meanings() {
    return Stream.of(
        instant("division by zero", "1 / 0", 200, "+Inf"),
        instant("zero by zero", "0 / 0 == bool NaN", 200, "\"0\""),
        instant("buckets without bounds", "histogram_quantile(0.9, x)", 200, "success"),
        instant("sorting a range", "sort(x[5m])", 400, "expected type instant vector"),
        range("a range over a range", "x[5m]", window(60, "15"), 400, "invalid expression type"),
        range("a text over a range", "\"a\"", window(60, "15"), 400, "invalid expression type"),
        instant("absent of nothing", "absent(nothing)", 200, "\"1\""),
        instant("set of numbers", "1 and 2", 400, "not allowed in binary scalar"),
        instant("parts of each other", "sum(x) by (i) by (i)", 400, "unexpected"));
  }

  private static Stream<Attack> lookups() {
    return Stream.of(
        new Attack(
            "series of all",
            "series",
            "match[]=" + encoded("{a=~\".*\"}"),
            400,
            "non-empty matcher"),
        new Attack("series of nothing", "series", "match[]=", 400, "no expression found"),
        new Attack(
            "series of an expression",
            "series",
            "match[]=" + encoded("x+x"),
            400,
            "expected a metric selector"),
        new Attack("1 000 selectors", "series", "match[]=x&".repeat(1_000), 200, "success"),
        new Attack("labels far away", "labels", "start=-1e300&end=1e300", 200, "success"),
        new Attack(
            "exemplars of ages", "query_exemplars", "query=x&start=-1e300&end=1e300", 200, "[]"),
        new Attack(
            "formatting a tower",
            "format_query",
            "query=" + nested("(", 5_000, "1", ")"),
            400,
            TOO_DEEP),
        new Attack(
            "parsing a tower",
            "parse_query",
            "query=" + nested("-", 9_000, "1", ""),
            400,
            TOO_DEEP),
        new Attack("a negative limit", "series", "match[]=x&limit=-1", 400, "non-negative"),
        new Attack("bad percent-encoding", "query", "query=%zz", 400, "percent-encoding"));
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void is_refused_by_name_or_answered_at_once(Attack attack) throws Exception {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < TRIES && best > AT_MOST.toNanos(); i++) {
      long begin = System.nanoTime();
      HttpResponse<String> response = API.send(API.form(attack.endpoint(), attack.form()));
      best = Math.min(best, System.nanoTime() - begin);
      assertThat(response.statusCode()).as(response.body()).isEqualTo(attack.status());
      assertThat(response.body()).contains(attack.says());
    }
    assertThat(Duration.ofNanos(best)).isLessThan(AT_MOST);
  }

  @Test
  void an_answer_has_a_limit_in_bytes() throws Exception {
    PrometheusApiConfig config =
        PrometheusApiConfig.from(Yaml.parse("test.yaml", "max-answer: 1KiB\n", new Mistakes()));
    try (ApiServer server =
        new ApiServer(Instant.ofEpochSecond(NOW), PromQlConfig.DEFAULT, config)) {
      for (int i = 0; i < 100; i++) {
        server.source.add(Labels.of(Labels.NAME, "many", "i", "v" + i), NOW * 1000, i);
      }
      assertThat(server.get("/api/v1/query?query=many"))
          .startsWith("422")
          .contains("the answer would have more than 60 samples (max-answer)");
      assertThat(server.get("/api/v1/query?query=sort(many)"))
          .startsWith("422")
          .contains("the answer would be larger than 1,024 bytes (max-answer)");
      assertThat(server.get("/api/v1/series?match%5B%5D=many")).startsWith("422");
      assertThat(server.get("/api/v1/query?query=count(many)")).startsWith("200");
    }
  }

  @Test
  void a_query_ends_when_its_client_goes_away() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    SeriesSource source =
        (matchers, from, to) -> {
          begun.countDown();
          return API.source.select(matchers, from, to);
        };
    String endless =
        "query=" + encoded("sum(quantile_over_time(0.5, x[50m:100ms]))") + window(10_000, "1");
    try (ApiServer api =
        new ApiServer(
            Instant.ofEpochSecond(NOW),
            ONE_AT_A_TIME,
            PrometheusApiConfig.DEFAULT,
            Optional.of(source))) {
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
        String head =
            "POST /api/v1/query_range HTTP/1.1\r\nHost: x\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
                + endless.length()
                + "\r\n\r\n";
        client.getOutputStream().write((head + endless).getBytes(StandardCharsets.US_ASCII));
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(api.get("query?query=1&timeout=1")).startsWith("503").contains("query queue");
      }
      // The only place is free again when this one is answered.
      long left = System.nanoTime();
      assertThat(api.get("query?query=1")).startsWith("200");
      assertThat(Duration.ofNanos(System.nanoTime() - left)).isLessThan(Duration.ofSeconds(1));
    }
  }
}
