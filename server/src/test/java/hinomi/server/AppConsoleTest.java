package hinomi.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hinomi.testkit.Wire;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What the engineer who was woken finds: the link in the page, the console, our own log.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AppConsoleTest {
  private static final String FORM = "application/x-www-form-urlencoded";

  private ChatTool chat;
  private Running app;
  private JsonNode page;

  @BeforeAll
  void aPageHasArrived(@TempDir Path top) {
    chat = new ChatTool();
    app = new Running(Site.small(top).read("delivery.webhook.url", chat.url()));
    assertThat(app.write("order_latency_seconds", 2).status()).isEqualTo(204);
    page = Eventually.found("a page", () -> chat.first("OrdersSlow", "firing"));
    Eventually.seen("an incident", () -> !app.incidents().isEmpty());
  }

  @AfterAll
  void stop() {
    app.close();
    chat.close();
  }

  private String group() {
    return page.at("/hinomi/group").asText();
  }

  private JsonNode alert() {
    return app.get(app.web() + "/api/hinomi/v1/alerts/" + group()).json();
  }

  /// Mail scanners open links: only the button counts.
  @Test
  void whoeverWasPagedTakesItOnWithTheButtonBehindTheLink() {
    String link = page.at("/hinomi/acknowledgeUrl").asText();
    assertThat(link).startsWith(app.web() + "/ack/");
    assertThat(app.get(link).body()).contains("Take this on?", "Orders wait 2s");
    assertThat(alert().path("state").asText()).isEqualTo("firing");

    assertThat(app.post(link, FORM, "note=looking").status()).isEqualTo(200);
    assertThat(alert().path("state").asText()).isEqualTo("acknowledged");
    assertThat(alert().at("/acknowledgement/note").asText()).isEqualTo("looking");
    assertThat(app.get(link + "x").status()).as("a forged link").isEqualTo(404);
  }

  @Test
  void theConsoleShowsTheAlertTheIncidentAndWhatTheyRestOn() {
    String incident = app.incidents().at("/0/id").asText();
    for (String language : List.of("ja", "en")) {
      shows("/?lang=" + language, "OrdersSlow", incident);
      shows("/alerts?lang=" + language, "OrdersSlow");
      shows("/alerts/" + group() + "?lang=" + language, "OrdersSlow", "order_latency_seconds");
      shows("/incidents/" + incident + "?lang=" + language, incident, "OrdersSlow");
      shows("/explore?q=order_latency_seconds&lang=" + language, "order_latency_seconds");
    }
    assertThat(app.get(app.web() + "/alerts/none").status()).isEqualTo(404);
    assertThat(app.get(app.web() + "/explore?q=sum(").body()).contains("1:5");
  }

  @Test
  void theAlertIsSeenAsItStandsWithItsRuleAndWithWhyItWasTold() {
    String name = "{alertname=\"OrdersSlow\"}";
    for (String language : List.of("ja", "en")) {
      shows("/alerts?lang=" + language, "OrdersSlow", "/why?alert=", "/alerts/" + group());
      shows("/rules?state=firing&lang=" + language, "OrdersSlow", "orders.yaml");
      shows("/why?lang=" + language + "&alert=" + Running.encoded(name), "order-entry", group());
    }
    shows("/why?lang=en&alert=OrdersSlow", "佐藤", "was told first", "first alert");
    assertThat(app.get(app.web() + "/why?lang=en&alert=" + Running.encoded("{a=~\"(\"}")).body())
        .contains("class=\"mistakes\"");
  }

  @Test
  void aSilenceIsPreviewedMadeSeenAndEndedOnThePages() {
    String matchers = "{alertname=\"OrdersSlow\"}";
    String form = "matchers=" + Running.encoded(matchers);
    shows("/silences/new?lang=en&" + form, "Now: 1 that fire", "Told less", "佐藤");
    String filled = form + "&length=1h&by=Sato&comment=" + Running.encoded("new gateway");
    assertThat(app.post(app.web() + "/silences/new?lang=en", FORM, filled).body())
        .contains("Not made yet");
    String seen = filled + "&previewed=" + Running.encoded(matchers);
    assertThat(app.post(app.web() + "/silences/new?lang=en", FORM, seen).status()).isEqualTo(303);
    shows("/silences?lang=en", "new gateway", "1 that fire", "Active: 1");
    shows("/alerts?lang=en", "Silenced by Sato, until", "new gateway");
    String id = app.get(app.web() + "/api/hinomi/v1/silences").json().at("/silences/0/id").asText();
    String longer = seen.replace("length=1h", "length=4h") + "&id=" + id;
    assertThat(app.post(app.web() + "/silences/new", FORM, longer).status()).isEqualTo(303);
    shows("/silences?lang=en", "in 3 h 59 min", "Active: 1");
    assertThat(app.post(app.web() + "/silences/" + id + "/end", FORM, "").status()).isEqualTo(303);
    shows("/silences?lang=en", "Nothing is silenced.", "by hand", "Make again");
    assertThat(app.post(app.web() + "/silences/none/end", FORM, "").status()).isEqualTo(404);
    assertThat(
            app.get(app.web() + "/silences/new?lang=en&matchers=" + Running.encoded("{a~~1}"))
                .body())
        .contains("<mark>~</mark>");
  }

  private void shows(String path, String... texts) {
    Running.Answer answer = app.get(app.web() + path);
    assertThat(answer.status()).as(path).isEqualTo(200);
    assertThat(answer.body()).as(path).contains(texts);
  }

  @Test
  void aFormOfAForeignPageChangesNothing() {
    Running.Answer answer =
        app.send(
            "POST",
            app.web() + "/alerts/" + group() + "/acknowledge",
            Wire.bytes("by=mallory"),
            "Content-Type",
            FORM,
            "Sec-Fetch-Site",
            "cross-site");
    assertThat(answer.status()).isEqualTo(403);
    assertThat(alert().at("/acknowledgement/by").asText()).isNotEqualTo("mallory");
  }

  @Test
  void whatWeSayOfOurselvesCanBeSearchedLikeAnyOtherLog() {
    String query = "{job=\"hinomi\",instance=\"tower\"} |= `incident opened`";
    Eventually.seen("our own log line", () -> !app.lines(query).isEmpty());
    String search = app.web() + "/logs?q=" + Running.encoded(query);
    assertThat(app.get(search).body()).contains("incident opened incident=");
  }
}
