package hinomi.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The console's alerts of this moment and its rules, in every state that an alert can be in, as
/// the real engine brings them about.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AppAlertDeskTest {
  private static final String RULES =
      """
      groups:
        - name: desk
          interval: 1s
          rules:
            - {alert: DatabaseGone, expr: db_gone > 0, labels: {severity: page, component: database}}
            - {alert: OrdersSlow, expr: order_latency > 1, labels: {severity: page, component: order-entry}}
            - {alert: FeedOld, expr: feed_age > 1, labels: {severity: notice, component: feed}}
            - {alert: QueueLong, expr: queue > 1, for: 1h, labels: {severity: page}}
            - {alert: Broken, expr: '{__name__=~"left|right"} * on (x) queue', labels: {severity: page}}
            - {record: orders:double, expr: order_latency * 2}
            - alert: JobGone
              expr: job_runs < 1
              labels: {severity: notice}
              hinomi: {no-data: {for: 0s, do: notice}}
      """;

  private Running app;

  @BeforeAll
  void everythingHappens(@TempDir Path top) {
    Site site =
        Site.small(top)
            .with("rules/desk.yaml", RULES)
            .with(
                "components/exchange.yaml",
                """
                components:
                  - {id: database, name: {ja: データベース, en: Database}}
                  - {id: order-entry, name: {ja: 注文受付, en: Order entry}, depends-on: [database]}
                  - {id: feed, name: {ja: 配信, en: Feed}}
                  - {id: collection, name: {ja: 収集, en: Collection}}
                """)
            .with(
                "maintenance/feed.yaml",
                """
                maintenance:
                  - name: feed upgrade
                    from: 2020-01-01T00:00:00Z
                    to: 2100-01-01T00:00:00Z
                    components: [feed]
                """);
    app = new Running(site.read());
    write("db_gone", "feed_age", "queue", "order_latency", "left", "right");
    assertThat(
            app.post(
                    app.web() + "/api/v2/alerts",
                    "application/json",
                    """
                    [{"labels": {"alertname": "BankSlow", "severity": "critical"},
                      "generatorURL": "http://prometheus.example/graph"}]
                    """)
                .status())
        .isEqualTo(200);
    Eventually.seen(
        "all of it",
        () -> {
          String page = alerts("");
          return page.contains("Caused by DatabaseGone") && page.contains("JobGone");
        });
  }

  private void write(String... metrics) {
    for (String metric : metrics) {
      assertThat(app.write(metric, 5).status()).isEqualTo(204);
    }
  }

  @AfterAll
  void stop() {
    app.close();
  }

  private String page(String path) {
    Running.Answer answer = app.get(app.web() + path);
    assertThat(answer.status()).as(path).isEqualTo(200);
    return answer.body();
  }

  /// Live alerts alone, without the page groups below.
  private String alerts(String narrowed) {
    String page = page("/alerts?lang=en" + narrowed);
    return page.substring(0, page.indexOf("Page groups"));
  }

  @Test
  void eachAlertSaysItsStateAndWhatHoldsItBackByName() {
    assertThat(alerts("&q=OrdersSlow"))
        .contains("held back", "Caused by DatabaseGone, which fires for database");
    assertThat(alerts("&q=FeedOld")).contains("Planned work: feed upgrade, until");
    assertThat(alerts("&q=DatabaseGone")).doesNotContain("held back");
    assertThat(alerts("&state=pending"))
        .contains("QueueLong", "Fires at", "in 59 min")
        .doesNotContain("DatabaseGone");
    assertThat(alerts("&state=no_data")).contains("JobGone");
    assertThat(alerts("&q=BankSlow")).contains("http://prometheus.example/graph", "At its sender");
  }

  @Test
  void anAlertThatWaitsIsExplainedByItsLabelsAlone() {
    String labels = Running.encoded("{alertname=\"QueueLong\", severity=\"page\"}");
    assertThat(page("/why?lang=en&alert=" + labels))
        .contains("It is pending", "it was pending (since", "Where it would go if it fired");
    assertThat(page("/why?lang=en&alert=FeedOld"))
        .contains("Nobody was told", "maintenance feed upgrade, until");
  }

  @Test
  void aRuleSaysWhyItCannotBeEvaluated() {
    assertThat(page("/rules?lang=en&state=error"))
        .contains("Broken", "Cannot be evaluated", "class=\"unreadable bad\"")
        .doesNotContain("QueueLong<");
    assertThat(page("/rules?lang=en&q=orders:double")).contains("records a metric");
    assertThat(alerts("")).contains("Cannot be evaluated: 1; see Rules.");
  }
}
