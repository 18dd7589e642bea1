package hinomi.console;

import static hinomi.console.Browser.form;
import static org.assertj.core.api.Assertions.assertThat;

import hinomi.model.Condition;
import hinomi.model.Unavailable;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The console over HTTP.
final class ConsolePagesTest {
  private final Desk desk = Desk.night(Samples.NOW);
  private final Browser browser = new Browser(desk);

  @AfterEach
  void close() {
    browser.close();
  }

  private HttpResponse<String> get(String path, String... headers) {
    return browser.get(path, headers);
  }

  private String english(String path) {
    return browser.english(path);
  }

  private HttpResponse<String> post(String path, String form, String... headers) {
    return browser.post(path, form, headers);
  }

  @Test
  void theOverviewSaysWhatFiresWhoWasToldAndWhatIsMeasured() {
    String page = english("/");
    assertThat(page)
        .contains("1 alert group needs somebody", "MatchingSlow", "0.973", "03:09:03")
        .contains("Orders take longer than 500 ms", "sato, oncall-room (channel)")
        .contains("action=\"/alerts/g-matching/acknowledge\"", "name=\"by\"", "name=\"note\"")
        .contains("田中", "朝に拡張します", "Slow spot orders", "Investigating")
        .contains("Spot trading", "silent", "21 min ago", "http-equiv=\"refresh\" content=\"15\"")
        .contains("href=\"http://127.0.0.1:8481\"", "http://grafana.minato.example/", "/metrics")
        .doesNotContain("action=\"/alerts/g-disk/acknowledge\"");
    assertThat(page.indexOf("MatchingSlow")).isLessThan(page.indexOf("DiskFillsUp"));
  }

  @Test
  void everythingIsSaidInJapaneseToo() {
    assertThat(get("/").body())
        .contains("<html lang=\"ja\"", "未応答のアラートが1件あります", "約定処理の99パーセンタイル")
        .contains("応答する", "約定エンジン", "現物取引の注文がしづらい事象について", "調査中");
    assertThat(get("/?lang=en", "Accept-Language", "ja").body())
        .contains("<html lang=\"en\"", "href=\"/incidents?lang=en\"", "href=\"/?lang=ja\"")
        .contains("action=\"/alerts/g-matching/acknowledge?lang=en\"");
    assertThat(get("/logs?q=a%26b&lang=en").body()).contains("href=\"/logs?q=a%26b&amp;lang=ja\"");
    assertThat(get("/", "Accept-Language", "fr").body()).contains("<html lang=\"en\"");
    assertThat(get("/", "Accept-Language", ";;=").body()).contains("<html lang=\"ja\"");
  }

  @Test
  void aQuietNightIsCalledQuietOnlyWhenHostsAreHeard() {
    desk.alerts = List::of;
    desk.incidents.clear();
    assertThat(english("/")).contains("Nothing fires<", "not everything is up or heard");
    desk.hosts = List.of(new Host("gw-01", Samples.NOW));
    desk.components = List.of();
    assertThat(english("/")).contains("Nothing fires<", "Hosts are being heard");
    desk.components = Samples.components(Samples.NOW, Condition.UP);
    assertThat(english("/")).contains("not everything is up or heard");
    desk.hosts = List.of(new Host("gw-01", Samples.NOW.minusSeconds(121)));
    assertThat(english("/")).contains("nothing is heard either", "silence is not health");
    desk.hosts = List.of();
    assertThat(english("/")).contains("nothing is heard either");
  }

  @Test
  void aPartThatIsDownHidesNothingOfTheOthers() {
    desk.alerts =
        () -> {
          throw new Unavailable("the records database is gone");
        };
    assertThat(english("/"))
        .contains("The alerts cannot be read", "the records database is gone", "Spot trading");
    desk.alerts =
        () -> {
          throw new IllegalStateException("BUG: secret");
        };
    assertThat(english("/")).contains("internal error", "Spot trading").doesNotContain("secret");
    assertThat(browser.registry.counter("hinomi.console.unreadable", "part", "alerts").count())
        .isEqualTo(2);
  }

  @Test
  void anAlertTellsItsLabelsItsDeliveriesAndTheirTries() {
    assertThat(english("/alerts/g-matching"))
        .contains("market</span>=<b>BTC/JPY</b>", "runbook", "Ladder", "Steps taken")
        .contains("To sato: first alert", "try 2, sent: 250 2.0.0 queued")
        .contains("failed, will be tried again: connection refused", "MatchingSlow fires")
        .contains("/explore?q=histogram_quantile%280.99");
    assertThat(english("/alerts/g-matching"))
        .contains("/why?alert=%7Balertname%3D%22MatchingSlow%22", "/silences/new?matchers=%7B");
    assertThat(get("/alerts/none", "Accept-Language", "en"))
        .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(404))
        .satisfies(answer -> assertThat(answer.body()).contains("there is no alert group"));
  }

  @Test
  void acknowledgingIsOneFormAndTheNameIsRememberedForTheNext() {
    HttpResponse<String> answer =
        post(
            "/alerts/g-matching/acknowledge",
            form("by", "佐藤", "note", "見ています", "back", "overview"));
    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().firstValue("Location")).contains("/?done=acknowledged");
    assertThat(desk.did).containsExactly("acknowledge g-matching 佐藤 見ています");
    String cookie = answer.headers().firstValue("Set-Cookie").orElse("");
    assertThat(cookie).contains("HttpOnly", "SameSite=Strict");
    assertThat(
            get("/?done=acknowledged", "Cookie", cookie.substring(0, cookie.indexOf(';'))).body())
        .contains("応答を記録しました", "value=\"佐藤\"");
    assertThat(get("/?done=nonsense").statusCode()).isEqualTo(200);
    assertThat(
            post("/alerts/g-matching/acknowledge?lang=en", form("by", "s"))
                .headers()
                .firstValue("Location"))
        .contains("/alerts/g-matching?lang=en&done=acknowledged");
  }

  @Test
  void aFormWithMistakesComesBackAsItWasTypedWithAllOfThem() {
    HttpResponse<String> answer =
        post(
            "/incidents/20261121-1/updates?lang=en",
            form("stage", "fixed", "ja", "", "en", "We <b>found</b> it", "by", " "));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .contains("Stage: please choose one", "Japanese text: is empty", "Your name: is empty")
        .contains(
            "We &lt;b&gt;found&lt;/b&gt; it</textarea>", "href=\"/incidents/20261121-1?lang=ja\"");
    HttpResponse<String> note =
        post("/incidents/20261121-1/notes", form("text", "x".repeat(10_001), "by", "a\u0007"));
    assertThat(note.body()).contains("メモ：10000文字以内で入力してください", "お名前：制御文字は使えません", "x".repeat(10_001));
    HttpResponse<String> ack = post("/alerts/g-matching/acknowledge", form("note", "typed"));
    assertThat(ack.statusCode()).isEqualTo(400);
    assertThat(ack.body()).contains("お名前：入力してください", "value=\"typed\"");
    assertThat(desk.did).isEmpty();
  }

  @Test
  void updatesAndNotesReachTheRecordInAPersonsName() {
    post(
        "/incidents/20261121-1/updates",
        form("stage", "identified", "ja", "特定\r\nしました", "en", "Found", "by", "佐藤"));
    post("/incidents/20261121-1/notes", form("text", "GC", "by", "田中"));
    assertThat(desk.did)
        .containsExactly("update 20261121-1 IDENTIFIED 特定\nしました Found 佐藤", "note 20261121-1 GC 田中");
    assertThat(english("/incidents/20261121-1"))
        .contains("Orders are slow.\nWe are looking into it.", "MatchingSlow, impact major")
        .contains("マッチングエンジンのGCを確認中", "Update 1: Investigating");
    assertThat(english("/incidents")).contains("Delayed market data", "lasted 25 min");
  }

  @Test
  void aPostmortemIsDraftedSavedReadAndOnlyThenPublished() {
    assertThat(english("/incidents/20261121-1/postmortem")).contains("# Draft", "A draft from");
    assertThat(english("/incidents/20261118-1/postmortem"))
        .contains("Market data was 25 min late.", "Version 2");
    assertThat(english("/incidents/20261118-1/postmortem?draft=1")).contains("# Draft");
    post("/incidents/20261118-1/postmortem", form("ja", "# 概要", "en", "# Summary", "by", "佐藤"));
    String path = "/incidents/20261118-1/postmortem/publish";
    assertThat(english(path))
        .contains("Publish the post-mortem?", "配信が25分遅れた。", "name=\"confirm\"");
    assertThat(post(path + "?lang=en", form("version", "1", "by", "佐藤")).body())
        .contains("Version: somebody saved another one", "I have read both languages: please tick");
    assertThat(desk.did).containsExactly("save 20261118-1 # 概要 # Summary 佐藤");
    post(path, form("version", "2", "confirm", "yes", "by", "佐藤"));
    assertThat(desk.did).contains("publish 20261118-1 佐藤");
    assertThat(english("/incidents/20261121-1/postmortem/publish"))
        .contains("save the post-mortem");
  }

  @Test
  void formsFromForeignPagesAreRefusedAndDoNothing() {
    String path = "/alerts/g-matching/acknowledge";
    String form = form("by", "mallory");
    for (List<String> header :
        List.of(
            List.of("Sec-Fetch-Site", "cross-site"),
            List.of("Sec-Fetch-Site", "same-site"),
            List.of("Origin", "https://evil.example"),
            List.of("Origin", "null"),
            List.of("Origin", "http://127.0.0.1:1"),
            List.of("Origin", "::::"))) {
      HttpResponse<String> answer = post(path, form, header.get(0), header.get(1));
      assertThat(answer.statusCode()).as(header.toString()).isEqualTo(403);
    }
    assertThat(desk.did).isEmpty();
    assertThat(browser.registry.counter("hinomi.console.actions", "action", "refused").count())
        .isEqualTo(6);
    assertThat(post(path, form, "Origin", browser.url()).statusCode()).isEqualTo(303);
    assertThat(post(path, form, "Sec-Fetch-Site", "same-origin").statusCode()).isEqualTo(303);
    assertThat(post(path, form).statusCode()).isEqualTo(303);
  }

  @Test
  void logsAreFoundAndABadQueryShowsItsPlace() {
    assertThat(english("/logs")).contains("name=\"q\"").doesNotContain("class=\"lines\"");
    assertThat(english("/logs?q=order&range=15m"))
        .contains("Lines, newest first: 3", "GC pause 912 ms", "03:12:43.750")
        .contains("注文を受け付けられません", "trace_id=4bf92f3577b34da6")
        .contains("value=\"15m\" checked=\"checked\"");
    String bad = URLEncoder.encode("{job=\"a\"} |~~ x", StandardCharsets.UTF_8);
    assertThat(english("/logs?q=" + bad))
        .contains("col 11", "<mark>|</mark>", "{job=&quot;a&quot;} </span>");
    assertThat(get("/logs?q=" + "x".repeat(5_001)).statusCode()).isEqualTo(400);
  }

  @Test
  void expressionsBecomeATableAndAChart() {
    assertThat(english("/explore?q=up&range=6h"))
        .contains("0.973", "<svg class=\"chart\"", "class=\"line c2\"", "host-2:9100")
        .doesNotContain("class=\"line c3\"");
    desk.series = 23;
    assertThat(english("/explore?q=up")).contains("line c19", "3 more series");
    assertThat(english("/explore?q=up%20~~%201")).contains("1:4: parse error", "<mark>~</mark>");
    assertThat(english("/explore?q=up%0A~~")).contains("<mark>~</mark>");
    desk.series = 0;
    desk.found = new Found.Samples(List.of(), List.of("metric might not be a counter"));
    assertThat(english("/explore?q=nothing"))
        .contains("No series fits now", "No series has points", "might not be a counter");
  }

  @Test
  void headersAllowNothingThatIsNotNeeded() {
    HttpResponse<String> answer = get("/");
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "frame-ancestors 'none'", "form-action 'self'")
        .doesNotContain("unsafe");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(answer.headers().firstValue("Referrer-Policy")).contains("same-origin");
    assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    java.util.regex.Matcher asset =
        java.util.regex.Pattern.compile("(?:href|src)=\"(/console/[^\"]+)\"")
            .matcher(answer.body());
    int found = 0;
    while (asset.find()) {
      found++;
      assertThat(get(asset.group(1)).headers().firstValue("Cache-Control").orElse(""))
          .contains("immutable");
    }
    assertThat(found).isGreaterThanOrEqualTo(3);
    assertThat(get("/console/..%2fwords_en.properties").statusCode()).isEqualTo(404);
  }

  @Test
  void aFormThatIsTooLargeIsRefused() {
    assertThat(
            post("/incidents/20261121-1/notes", form("text", "x".repeat(1 << 20), "by", "s"))
                .statusCode())
        .isEqualTo(413);
  }
}
