package hinomi.servicelevels;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.model.Condition;
import hinomi.model.Evidence;
import hinomi.servicelevels.component.Component;
import hinomi.servicelevels.component.Components;
import hinomi.settings.Mistake;
import hinomi.settings.Mistakes;
import hinomi.settings.Yaml;
import hinomi.sql.Database;
import hinomi.testkit.SimTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ComponentsTest {
  @Test
  void theComponentsThatShipAreReadWithoutAMistake() {
    Mistakes mistakes = new Mistakes();
    Components components = Components.read(Path.of("../config/components"), mistakes);
    assertThat(mistakes.all()).isEmpty();
    assertThat(components.children("hinomi").stream().map(Component::id))
        .containsExactly("collector", "metrics", "logs", "alerting", "status-page");
    assertThat(components.name("logs").ja()).isEqualTo("ログの保存と検索");
    assertThat(components.name("nobody").isEmpty()).isTrue();
  }

  @Test
  void everyMistakeIsToldWithItsPlace() {
    Mistakes mistakes = new Mistakes();
    var one =
        Yaml.parse(
            "a.yaml",
            """
            components:
              - id: orders
                name: {ja: 注文}
                colour: red
              - id: Orders!
                name: Orders
                components:
                  - name: {ja: 板, en: Book}
            """,
            mistakes);
    var two =
        Yaml.parse("b.yaml", "components:\n  - id: orders\n    name: {ja: 注文, en: O}\n", mistakes);
    Components.of(List.of(one, two));
    assertThat(mistakes.all().stream().map(Mistake::toString))
        .containsExactly(
            "a.yaml:3:11: name: is missing in English (en)",
            "a.yaml:4:5: colour: unknown key",
            "a.yaml:5:9: id: expected small letters, digits, dots, dashes and underscores,"
                + " got \"Orders!\"",
            "a.yaml:8:9: id: is missing",
            "b.yaml:2:9: id: \"orders\" is taken already, see a.yaml:2");
  }

  @Test
  void whatAComponentNeedsIsKnownByNameAcrossFilesAndDepths() {
    Mistakes mistakes = new Mistakes();
    Components components =
        Components.of(
            List.of(
                Yaml.parse(
                    "a.yaml",
                    """
                    components:
                      - id: trading
                        name: {ja: 取引, en: Trading}
                        depends-on: [network]
                        components:
                          - {id: gateway, name: Gateway, depends-on: [matching, db]}
                          - {id: matching, name: Matching, depends-on: [db]}
                    """,
                    mistakes),
                Yaml.parse(
                    "b.yaml",
                    "components: [{id: db, name: DB}, {id: network, name: Network}]",
                    mistakes)));
    assertThat(mistakes.all()).isEmpty();
    assertThat(components.upstreams("gateway")).containsExactly("matching", "db");
    assertThat(components.upstreams("trading")).containsExactly("network");
    assertThat(components.upstreams("db")).isEmpty();
    assertThat(components.upstreams("nobody")).isEmpty();
  }

  @Test
  void aNeedThatDoesNotExistAndACircleAreMistakesWithTheirPlace() {
    Mistakes mistakes = new Mistakes();
    Components.of(
        List.of(
            Yaml.parse(
                "a.yaml",
                """
                components:
                  - {id: a, name: A, depends-on: [b]}
                  - {id: b, name: B, depends-on: [c, d]}
                  - {id: c, name: C, depends-on: [a]}
                  - {id: d, name: D, depends-on: [nothing]}
                  - {id: e, name: E, depends-on: [e]}
                  - {id: f, name: F, depends-on: [a]}
                """,
                mistakes)));
    assertThat(mistakes.all().stream().map(Mistake::toString))
        .containsExactly(
            "a.yaml:4:34: depends-on: goes in a circle: a → b → c → a",
            "a.yaml:5:34: depends-on: there is no component \"nothing\"",
            "a.yaml:6:34: depends-on: goes in a circle: e → e");
  }

  @Test
  void theZoneIsARegionOrUtc() {
    Mistakes mistakes = new Mistakes();
    var section = Yaml.parse("h.yaml", "zone: EST\npersist-every: 0s\n", mistakes);
    assertThat(ServiceLevelsConfig.from(section)).isEqualTo(ServiceLevelsConfig.DEFAULT);
    assertThat(mistakes.all()).hasSize(2);
  }

  @Test
  void ownTelemetryTellsTheConditionAndCountsWhatWasNotKept() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    SimTime time = new SimTime();
    Mistakes mistakes = new Mistakes();
    Components components =
        Components.of(List.of(Yaml.parse("c", "components: [{id: a, name: A}]", mistakes)));
    try (Database database = Database.temporary();
        ServiceLevels levels =
            ServiceLevels.open(ServiceLevelsConfig.DEFAULT, components, database, time, registry)) {
      var gauge = registry.get("hinomi.servicelevels.condition").tag("component", "a").gauge();
      assertThat(gauge.value()).isEqualTo(-1);
      levels.accept(evidence("a", Condition.UP, time));
      assertThat(gauge.value()).isEqualTo(1);
      levels.accept(evidence("a", Condition.DOWN, time));
      assertThat(gauge.value()).isEqualTo(0);
      levels.accept(evidence("b", Condition.DOWN, time));
      assertThat(
              registry
                  .get("hinomi.servicelevels.evidence.dropped")
                  .tag("reason", "unknown-component")
                  .counter()
                  .count())
          .isEqualTo(1);
    }
  }

  private static Evidence evidence(String component, Condition condition, SimTime time) {
    return new Evidence(
        component, "probe:x", condition, time.now(), time.now(), Duration.ofMinutes(1), "");
  }
}
