package hinomi.console;

import static hinomi.console.Browser.encoded;
import static hinomi.console.Browser.form;
import static org.assertj.core.api.Assertions.assertThat;

import hinomi.model.Labels;
import hinomi.model.Unavailable;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Alerts of this moment, silences, rules and reasons, over HTTP.
final class AlertDeskPagesTest {
  private static final String SLOW = "{alertname=\"MatchingSlow\"}";

  private final Desk desk = Desk.night(Samples.NOW);
  private final Browser browser = new Browser(desk);

  @AfterEach
  void close() {
    browser.close();
  }

  @Test
  void whatFiresStandsFirstWithWhatHoldsItBackAndWhereToGoOn() {
    String page = browser.english("/alerts");
    assertThat(page)
        .contains("4 alerts fire", "Held back: 2. Pending besides: 1.", "Watching: 4 rules")
        .contains("Fires at", "in 4 min 20 s", "Changes", "market</span>=<b>BTC/JPY</b>")
        .contains("Silenced by 田中, until 04:42:45", "朝に拡張します", "/silences#s-6f3f8f0e")
        .contains("Caused by GatewayDown, which fires for network", "Planned work: router upgrade")
        .contains("http://prometheus.tyo1.example/graph?g0.expr=up", "Flapping", "0.973")
        .contains("/why?alert=%7Balertname%3D%22MatchingSlow%22", "/alerts/g-matching\"")
        .contains("/silences/new?matchers=%7Balertname%3D%22MatchingSlow%22")
        .contains("Page groups: who was told", "OrdersRejected");
    assertThat(List.of("GatewayDown<", "MatchingSlow<", "FeedGone<", "DiskFillsUp<", "WithdrawalQ"))
        .isSortedAccordingTo((a, b) -> Integer.compare(page.indexOf(a), page.indexOf(b)));
    assertThat(browser.get("/alerts").body())
        .contains("発生中のアラートが4件あります", "田中 がサイレンスを設定（04:42:45まで）", "日本語で", "断続中");
  }

  @Test
  void alertsAreNarrowedByStateAndByWhatALabelContains() {
    assertThat(live(browser.english("/alerts?state=pending")))
        .contains("WithdrawalQueueLong")
        .doesNotContain("MatchingSlow");
    assertThat(live(browser.english("/alerts?q=MARKET%3Dbtc")))
        .contains("MatchingSlow", "/alerts?state=firing&amp;q=MARKET%3Dbtc")
        .doesNotContain("DiskFillsUp");
    assertThat(browser.english("/alerts?q=nothing"))
        .contains("No alert fits.", "4 alerts fire", "Held back: 2. Pending besides: 1.");
    assertThat(browser.get("/alerts?state=nonsense").statusCode()).isEqualTo(200);
    assertThat(browser.get("/alerts?q=" + "x".repeat(201)).statusCode()).isEqualTo(400);
  }

  /// The list of live alerts alone, without the page groups.
  private static String live(String page) {
    return page.substring(0, page.indexOf("Page groups"));
  }

  @Test
  void thatNothingFiresIsSaidWithWhoWatches() {
    desk.live = List::of;
    desk.rules = List.of();
    assertThat(browser.english("/alerts")).contains("now unknown", "No rules are configured");
    desk.rules = Watched.rules(Samples.NOW);
    assertThat(browser.english("/alerts"))
        .contains("now unknown", "Watching: 4 rules, the last one evaluated at 03:12:42, 3 s ago.")
        .contains("Cannot be evaluated: 1", "Overdue: 1");
    desk.rules = List.of(healthy(Samples.NOW.minusSeconds(3)));
    assertThat(browser.english("/alerts")).contains("now up", "Nothing fires<");
    desk.live = () -> Watched.alerts(Samples.NOW).subList(0, 1);
    assertThat(browser.english("/alerts")).contains("Nothing fires; 1 is pending");
  }

  private static RuleGroup healthy(Instant at) {
    RuleGroup group = Watched.rules(Samples.NOW).getFirst();
    return new RuleGroup(
        "a",
        "b",
        Duration.ofSeconds(15),
        Optional.of(at),
        Duration.ZERO,
        group.rules().subList(0, 1));
  }

  @Test
  void whatCannotBeReadHidesNothingOfTheOthers() {
    desk.live =
        () -> {
          throw new Unavailable("the records database is gone");
        };
    assertThat(browser.english("/alerts"))
        .contains("The alerts cannot be read", "the records database is gone", "OrdersRejected");
  }

  @Test
  void whatIsHeldBackAltogetherIsNoAlarm() {
    desk.live = () -> Watched.alerts(Samples.NOW).subList(1, 3);
    assertThat(browser.english("/alerts")).contains("now watch", "2 alerts fire", "Held back: 2.");
    desk.holds.remove(Watched.FEED);
    assertThat(browser.english("/alerts")).contains("now down", "Held back: 1.");
  }

  /// Ten thousand alerts are a storm, not a page of a hundred megabytes.
  @Test
  void aStormOfOneKindIsFoldedAndBuriesNoOther() {
    List<LiveAlert> storm = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      storm.add(
          new LiveAlert(
              Labels.of(
                  "alertname", "Storm", "host", "h" + i, "severity", i == 7 ? "page" : "info"),
              Map.of(),
              LiveAlert.State.FIRING,
              Samples.NOW.minusSeconds(i),
              Optional.empty(),
              OptionalDouble.of(i),
              "up",
              "",
              false,
              0,
              List.of()));
    }
    storm.addAll(Watched.alerts(Samples.NOW));
    desk.live = () -> storm;
    String page = browser.english("/alerts");
    assertThat(page)
        .contains("10004 alerts fire", "and 9996 more Storm", "<b>h7</b>", "MatchingSlow");
    assertThat(page.length()).isLessThan(100_000);
    String all = browser.english("/alerts?state=firing&q=alertname%3DStorm");
    assertThat(all).contains("<b>h7</b>", "Not shown: 9800 more").doesNotContain("more Storm");
    assertThat(all.length()).isLessThan(600_000);
  }

  @Test
  void silencesStandByStateWithWhatTheyHideAndHowTheyEnd() {
    String page = browser.english("/silences");
    assertThat(page)
        .contains("Active: 1", "To come: 1", "Over: 1", "id=\"s-6f3f8f0e-1111-4222-8333")
        .contains("1 that fire", "in 1 h 30 min", "by hand", "鈴木", "never", "田中", "朝に拡張します")
        .contains("What fires under it is told at once", "/silences/new?id=s-past", "Make again")
        .contains("action=\"/silences/s-next/end\"");
    HttpResponse<String> answer = browser.post("/silences/s-next/end?lang=en", "");
    assertThat(answer.headers().firstValue("Location"))
        .contains("/silences?lang=en&done=unsilenced");
    assertThat(desk.did).containsExactly("end s-next console");
    desk.silences = List.of();
    assertThat(browser.english("/silences")).contains("Nothing is silenced.");
  }

  @Test
  void whoFollowsTheLinkOfAnAlertSeesWhatItsSilenceHidesBeforeItIsMade() {
    String page = browser.english("/silences/new?matchers=" + encoded(SLOW));
    assertThat(page)
        .contains("MatchingSlow", "name=\"previewed\"", "Now: 1 that fire", "told 4×, last")
        .contains("2, of which 1 woke people", "at most 30 d", "value=\"2h\" checked=\"checked\"");
    assertThat(browser.english("/silences/new"))
        .contains("Say which alerts")
        .doesNotContain("previewed");
    assertThat(browser.english("/silences/new?id=s-past"))
        .contains("New silence", "instance=~&quot;db-.*&quot;", "朝に拡張します");
    assertThat(browser.english("/silences/new?id=s-next")).contains("Change a silence");
    assertThat(desk.did).isEmpty();
  }

  @Test
  void aSilenceIsMadeOnceItsPreviewWasSeen() {
    String unseen = form("matchers", SLOW, "length", "4h", "comment", "GC", "by", "佐藤");
    assertThat(browser.post("/silences/new?lang=en", unseen).body())
        .contains("Not made yet", "value=\"4h\" checked=\"checked\"", "GC</textarea>");
    assertThat(desk.did).isEmpty();
    HttpResponse<String> answer =
        browser.post("/silences/new?lang=en", unseen + "&" + form("previewed", SLOW));
    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().firstValue("Location")).contains("/silences?lang=en&done=silenced");
    assertThat(desk.did).containsExactly("silence  " + SLOW + " now PT4H 佐藤 GC");
    browser.post(
        "/silences/new",
        unseen
            + "&"
            + form(
                "previewed", SLOW, "other", "1d12h", "starts", "2026-11-21T09:00", "id", "s-next"));
    assertThat(desk.did).contains("silence s-next " + SLOW + " 2026-11-21T00:00:00Z PT36H 佐藤 GC");
  }

  @Test
  void mistakesInASilenceAreAllToldAndThoseInMatchersWithTheirPlace() {
    HttpResponse<String> answer =
        browser.post(
            "/silences/new?lang=en",
            form("matchers", SLOW, "length", "2h", "other", "90d", "starts", "soon", "by", ""));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .contains("Another length: longer than the longest, 30 d", "not a time")
        .contains("Why: is empty", "Your name: is empty", "value=\"90d\"");
    assertThat(browser.post("/silences/new", form("matchers", SLOW, "other", "2 hours")).body())
        .contains("90m や 1d12h のように入力してください");
    String bad = "{alertname~~\"x\"}";
    assertThat(browser.english("/silences/new?matchers=" + encoded(bad)))
        .contains("1:11: parse error", "{alertname</span><mark>~</mark>");
    String tooMany =
        form("matchers", SLOW, "previewed", SLOW, "length", "2h", "comment", "too many", "by", "s");
    assertThat(browser.post("/silences/new", tooMany).body()).contains("サイレンスが多すぎます");
    answer = browser.post("/silences/new?lang=en", tooMany);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .contains("exceeded maximum number of silences", "too many</textarea>");
    assertThat(desk.did).isEmpty();
  }

  @Test
  void silencesFromForeignPagesAreRefused() {
    String form =
        form("matchers", SLOW, "previewed", SLOW, "length", "2h", "comment", "x", "by", "m");
    for (String path : List.of("/silences/new", "/silences/s-next/end")) {
      assertThat(browser.post(path, form, "Sec-Fetch-Site", "cross-site").statusCode())
          .isEqualTo(403);
      assertThat(browser.post(path, form, "Origin", "https://evil.example").statusCode())
          .isEqualTo(403);
    }
    assertThat(desk.did).isEmpty();
  }

  @Test
  void rulesAreShownWithTheirHealthAndNarrowed() {
    String page = browser.english("/rules");
    assertThat(page)
        .contains("many-to-many matching", "Cannot be evaluated", "Overdue", "records a metric")
        .contains("matching.yaml", "<b>5</b>", "every 15 s, last at 03:12:42, took 12 ms", "1.2 ms")
        .contains("/explore?q=p99%20%3E%200.5", "evaluated with each sample", "5 min");
    assertThat(browser.english("/rules?state=error"))
        .contains("BalancesDiffer")
        .doesNotContain("NobodyLooks");
    assertThat(browser.english("/rules?q=late.YAML"))
        .contains("NobodyLooks", "All</span> <b>1</b>")
        .doesNotContain("BalancesDiffer");
    assertThat(browser.english("/rules?q=none-such")).contains("No rule fits.");
    desk.rules = List.of();
    assertThat(browser.english("/rules")).contains("No rules are configured.");
  }

  @Test
  void whyIsATimelineInTheReadersLanguageAndTime() {
    assertThat(browser.english("/why")).contains("Why was it told", "name=\"alert\"");
    String page = browser.english("/why?alert=MatchingSlow&at=2026-11-21T03:00");
    assertThat(page)
        .contains("It fires", "Sato was told first.", "told Sato: first alert", "03:09:04")
        .contains(
            "receiver &quot;default&quot;: Sato",
            "(3 times, last at 03:10:00)",
            "do not take it: 1",
            "Held back at that time")
        .contains("href=\"/alerts/g-matching\"", "value=\"2026-11-21T03:00\"");
    browser.get("/why?alert=" + encoded(SLOW) + "&at=2026-11-20T18:00:00Z");
    assertThat(desk.did)
        .containsExactly(
            "explain MatchingSlow 2026-11-20T18:00:00Z en",
            "explain " + SLOW + " 2026-11-20T18:00:00Z ja");
    assertThat(browser.english("/why?alert=a~~b")).contains("1:2: parse error", "<mark>~</mark>");
    HttpResponse<String> answer = browser.get("/why?alert=a&at=yesterday&lang=en");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("not a time", "value=\"yesterday\"");
  }
}
