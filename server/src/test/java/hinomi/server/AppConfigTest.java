package hinomi.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import hinomi.alertengine.rule.Rule;
import hinomi.settings.Mistake;
import hinomi.settings.Mistakes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AppConfigTest {
  @TempDir Path top;

  /// The mistakes of a configuration as `file:line:column: text`, the file below its folder.
  private static List<String> mistakes(Site site, String... overrides) {
    Mistakes.Invalid invalid =
        catchThrowableOfType(Mistakes.Invalid.class, () -> site.read(overrides));
    assertThat(invalid).as("mistakes").isNotNull();
    assertThat(invalid.mistakes()).isSorted();
    String folder = site.config() + "/";
    return invalid.mistakes().stream()
        .map(Mistake::toString)
        .map(text -> text.startsWith(folder) ? text.substring(folder.length()) : text)
        .toList();
  }

  /// A slip in every file, two in most.
  private static Site wrongEverywhere(Path top) {
    return Site.small(top)
        .with(
            "hinomi.yaml",
            """
            web:
              prot: 8480
              host: 127.0.0.1
            status: {zone: Asia/Tokio}
            metric-store:
              retention: ninety days
            agent:
              logs:
                - paths: ["/var/log/app.log"]
                  read-form: end
            """)
        .with(
            "components/exchange.yaml",
            """
            components:
              - id: order-entry
                name: {ja: 注文受付}
              - id: order-entry
                name: {ja: 注文受付, en: Order entry}
            """)
        .with(
            "oncall/people.yaml",
            """
            people:
              - {id: sato, name: {ja: 佐藤, en: Sato}, mail: nobody}
            ladders:
              - id: default
                steps:
                  - notify: [{person: suzuki}]
            """)
        .with(
            "probes/own.yaml",
            """
            probes:
              - id: api
                every: 10s
                timeout: 20s
                http: {url: "ftp://example.jp/", statsu: [200]}
            """)
        .with(
            "rules/orders.yaml",
            """
            groups:
              - name: orders
                rules:
                  - alert: OrdersSlow
                    expr: order_latency_seconds >
                    fro: 1m
                  - record: orders:rate
                    expr: sum(rate(orders_total[5m])
            """);
  }

  @Test
  void everyMistakeOfEveryFileIsToldAtOnceWithItsPlace() {
    Site site = wrongEverywhere(top);
    assertThat(mistakes(site))
        .containsExactly(
            "components/exchange.yaml:3:11: name: is missing in English (en)",
            "components/exchange.yaml:4:9: id: \"order-entry\" is taken already, see "
                + site.config()
                + "/components/exchange.yaml:2",
            "hinomi.yaml:2:3: prot: unknown key, did you mean \"port\"?",
            "hinomi.yaml:4:16: zone: no time zone is called \"Asia/Tokio\", did you mean"
                + " \"Asia/Tokyo\"?",
            "hinomi.yaml:6:14: retention: expected a duration like 30s or 1h30m, got \"ninety"
                + " days\"",
            "hinomi.yaml:10:7: read-form: unknown key, did you mean \"read-from\"?",
            "oncall/people.yaml:2:48: mail: expected a mail address, got \"nobody\"",
            "oncall/people.yaml:6:27: person: no person has the id \"suzuki\"",
            "probes/own.yaml:4:14: timeout: must be shorter than \"every\", so that runs do not"
                + " overlap",
            "probes/own.yaml:5:17: url: expected a URL like https://host:port/path, got"
                + " \"ftp://example.jp/\"",
            "probes/own.yaml:5:38: statsu: unknown key, did you mean \"status\"?",
            "rules/orders.yaml:5:38: expr: 1:24: parse error: unexpected end of input",
            "rules/orders.yaml:6:9: fro: unknown key, did you mean \"for\"?",
            "rules/orders.yaml:8:41: expr: 1:27: parse error: unclosed left parenthesis");
  }

  @Test
  void rulesAndProbesNameOnlyComponentsAndLaddersThatThereAre() {
    Site site =
        Site.small(top)
            .with(
                "rules/orders.yaml",
                """
                groups:
                  - name: orders
                    rules:
                      - alert: OrdersSlow
                        expr: order_latency_seconds > 0.5
                        labels: {component: order-entri, ladder: defualt}
                """)
            .with(
                "probes/own.yaml",
                """
                probes:
                  - {id: otlp, component: colection, tcp: {address: "${otlp.http.address}"}}
                """);
    assertThat(mistakes(site))
        .containsExactly(
            "probes/own.yaml:2:27: component: no component has the id \"colection\", did you mean"
                + " \"collection\"?",
            "rules/orders.yaml:6:29: component: no component has the id \"order-entri\", did you"
                + " mean \"order-entry\"?",
            "rules/orders.yaml:6:50: ladder: no ladder has the id \"defualt\", did you mean"
                + " \"default\"?");
  }

  @Test
  void aMistakeInAnExpressionIsPlacedInsideOfItAlsoInABlock() {
    Site site =
        Site.small(top)
            .with(
                "rules/orders.yaml",
                """
                groups:
                  - name: orders
                    rules:
                      - alert: OneLine
                        expr: 'sum(up) bye (job)'
                      - alert: Block
                        expr: |
                          sum(up)
                            bye (job)
                """);
    assertThat(mistakes(site))
        .satisfiesExactly(
            one -> assertThat(one).startsWith("rules/orders.yaml:5:24: expr: 1:9: parse error: "),
            two -> assertThat(two).startsWith("rules/orders.yaml:9:13: expr: 2:3: parse error: "));
  }

  @Test
  void theCommandLineGoesOverTheFile() {
    AppConfig config =
        Site.small(top)
            .read("web.port", "9000", "otlp.http.port", "0", "status.expires-after", "5m");
    assertThat(config.listeners().web().port()).isEqualTo(9000);
    assertThat(config.listeners().web().host()).isEqualTo("127.0.0.1");
    assertThat(config.listeners().otlpHttp().port()).isZero();
    assertThat(config.statusPage().identity().expiresAfter()).hasMinutes(5);
    assertThat(config.agent().instance()).as("what was not set").isEqualTo("tower");
  }

  @Test
  void theCommandLineIsHeldToTheSameRules() {
    assertThat(mistakes(Site.small(top), "web.port", "eighty", "delivery.webhok.url", "http://a/"))
        .containsExactly(
            "--set delivery.webhok.url:1:1: webhok: unknown key, did you mean \"webhook\"?",
            "--set web.port:1:1: port: expected a whole number, got \"eighty\"");
  }

  @Test
  void onAnotherAddressThanLoopbackItStartsOnlyWhenThatIsAccepted() {
    Site site = Site.small(top);
    String refusal =
        " is not a loopback address, and without TLS and tokens everybody there could write and"
            + " read; write access.insecure: true to accept that";
    assertThat(mistakes(site, "web.host", "0.0.0.0", "otlp.http.host", "192.0.2.7"))
        .containsExactly(
            "--set otlp.http.host:1:1: host: \"192.0.2.7\"" + refusal,
            "--set web.host:1:1: host: \"0.0.0.0\"" + refusal);
    assertThat(site.read("web.host", "0.0.0.0", "access.insecure", "true").listeners().web().host())
        .isEqualTo("0.0.0.0");
    assertThat(site.read("status.host", "0.0.0.0").listeners().status().host())
        .as("the public page may be public")
        .isEqualTo("0.0.0.0");
  }

  @Test
  void aFolderThatIsNotThereIsEmptyButTheMainFileMustBeThere() {
    assertThat(new Site(top).with("hinomi.yaml", "").read().summary())
        .isEqualTo("0 rules, 0 components, 0 probes, 1 people on call");
    assertThat(mistakes(new Site(top.resolve("nowhere"))))
        .singleElement()
        .asString()
        .startsWith("hinomi.yaml:1:1: cannot be read: ");
  }

  @Test
  void whatShipsIsGood() {
    AppConfig config = AppConfig.read(Site.tree().resolve("config"), top, Map.of());
    assertThat(config.listeners().all())
        .extracting(one -> one.port())
        .containsExactly(8480, 8481, 4318);
    assertThat(config.mailbox()).contains(top.resolve("mailbox"));
    assertThat(spokenOf(config)).isNotEmpty().allMatch(config.components()::has);
  }

  @Test
  void whatShipsIsGoodWithTheExampleExchangeLaidOverIt() {
    Path tree = Site.tree();
    AppConfig config =
        new Site(top)
            .over(tree.resolve("config"))
            .over(tree.resolve("examples/exchange-simulator/config"))
            .read();
    assertThat(spokenOf(config))
        .contains("matching-engine", "status-page")
        .allMatch(config.components()::has);
  }

  /// The components that rules and probes speak about.
  private static Set<String> spokenOf(AppConfig config) {
    Set<String> components = new TreeSet<>();
    config.rules().groups().stream()
        .flatMap(group -> group.rules().stream())
        .filter(Rule.Alerting.class::isInstance)
        .forEach(rule -> components.add(((Rule.Alerting) rule).component()));
    config
        .probes(new App.Addresses("http://a:1", "http://a:2", "http://a:3"))
        .probes()
        .forEach(probe -> components.add(probe.component()));
    components.remove("");
    return components;
  }
}
