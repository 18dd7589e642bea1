package hinomi.statuspage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import hinomi.statuspage.render.Edition;
import hinomi.statuspage.render.Sheet;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The documents have the fields that readers of Atlassian's API look for.
final class JsonShapesTest {
  private static JsonNode json(Map<String, Sheet> sheets, String address) {
    try {
      return JsonMapper.builder().build().readTree(Editions.text(sheets, address));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static JsonNode component(JsonNode document, String id) {
    for (JsonNode component : document.get("components")) {
      if (component.get("id").asText().equals(id)) {
        return component;
      }
    }
    throw new AssertionError("no component " + id);
  }

  @Test
  void theSummaryHasAtlassiansFields() {
    JsonNode summary = json(Editions.incident().fresh(), "en/api/v2/summary.json");
    assertThat(names(summary))
        .containsExactlyInAnyOrder(
            "page", "components", "incidents", "scheduled_maintenances", "status");
    assertThat(names(summary.get("page")))
        .containsExactlyInAnyOrder("id", "name", "url", "time_zone", "updated_at");
    assertThat(summary.get("status").get("indicator").asText()).isEqualTo("major");
    assertThat(names(component(summary, "matching")))
        .containsExactlyInAnyOrder(
            "id",
            "name",
            "status",
            "created_at",
            "updated_at",
            "position",
            "description",
            "showcase",
            "start_date",
            "group_id",
            "page_id",
            "group",
            "only_show_if_degraded");
    JsonNode incident = summary.get("incidents").get(0);
    assertThat(names(incident))
        .contains(
            "id",
            "name",
            "status",
            "created_at",
            "updated_at",
            "monitoring_at",
            "resolved_at",
            "impact",
            "shortlink",
            "started_at",
            "page_id",
            "incident_updates",
            "components");
    assertThat(names(incident.get("incident_updates").get(0)))
        .contains(
            "id",
            "status",
            "body",
            "incident_id",
            "created_at",
            "updated_at",
            "display_at",
            "affected_components");
    assertThat(incident.get("status").asText()).isEqualTo("identified");
    assertThat(incident.get("impact").asText()).isEqualTo("critical");
    assertThat(incident.get("incident_updates").get(0).get("id").asText())
        .as("newest first")
        .isEqualTo("20261121-1-2");
    assertThat(OffsetDateTime.parse(incident.get("started_at").asText()).toInstant())
        .isEqualTo(Samples.NOW.minusSeconds(1_925));
  }

  @Test
  void groupsAreFlattenedToTwoLevels() {
    JsonNode document = json(Editions.incident().fresh(), "en/api/v2/components.json");
    JsonNode transfers = component(document, "transfers");
    assertThat(transfers.get("group").asBoolean()).isTrue();
    assertThat(transfers.get("components"))
        .extracting(JsonNode::asText)
        .containsExactly("crypto", "btc-withdraw", "jpy");
    JsonNode deep = component(document, "btc-withdraw");
    assertThat(deep.get("group_id").asText()).isEqualTo("transfers");
    assertThat(deep.get("name").asText()).isEqualTo("Crypto / BTC withdrawals");
    assertThat(component(document, "trading").get("status").asText()).isEqualTo("partial_outage");
    assertThat(component(document, "matching").get("status").asText()).isEqualTo("major_outage");
  }

  @Test
  void whatIsNotKnownIsNeverCalledOperational() {
    Edition incident = Editions.incident();
    for (Map<String, Sheet> sheets :
        List.of(Editions.unmeasured().fresh(), Editions.well().expired(), incident.expired())) {
      for (JsonNode c : json(sheets, "en/api/v2/components.json").get("components")) {
        assertThat(c.get("status").asText()).isEqualTo("degraded_performance");
      }
      JsonNode status = json(sheets, "en/api/v2/status.json").get("status");
      assertThat(status.get("indicator").asText()).isEqualTo("minor");
      assertThat(status.get("description").asText()).isEqualTo("The current state is unknown");
      JsonNode truth = json(sheets, "api/hinomi/v1/status");
      assertThat(truth.get("overall").asText()).isEqualTo("unknown");
      for (JsonNode component : truth.get("components")) {
        assertThat(component.get("condition").asText()).isEqualTo("unknown");
      }
    }
  }

  @Test
  void allIsWellOnlyWhenAllIsMeasuredWell() {
    Map<String, Sheet> sheets = Editions.well().fresh();
    JsonNode status = json(sheets, "en/api/v2/status.json").get("status");
    assertThat(status.get("indicator").asText()).isEqualTo("none");
    assertThat(json(sheets, "en/api/v2/incidents/unresolved.json").get("incidents")).isEmpty();
    assertThat(json(sheets, "en/api/v2/incidents.json").get("incidents")).hasSize(2);
    assertThat(
            json(sheets, "en/api/v2/incidents.json").get("incidents").get(0).get("status").asText())
        .isEqualTo("postmortem");
    for (String which : List.of("", "/upcoming", "/active")) {
      assertThat(
              json(sheets, "en/api/v2/scheduled-maintenances" + which + ".json")
                  .get("scheduled_maintenances"))
          .isEmpty();
    }
  }

  @Test
  void theTruthSaysOfWhenItIsAndUntilWhenItHolds() {
    JsonNode truth = json(Editions.incident().fresh(), "api/hinomi/v1/status");
    assertThat(truth.get("as_of").asText()).isEqualTo("2026-11-21T08:30:05Z");
    assertThat(truth.get("expires_at").asText()).isEqualTo("2026-11-21T08:31:05Z");
    assertThat(truth.get("seq").asLong()).isEqualTo(1);
    assertThat(component(truth, "matching").get("condition").asText()).isEqualTo("down");
    assertThat(component(truth, "matching").get("name").get("ja").asText()).isEqualTo("現物 注文・約定");
    JsonNode unmeasured = json(Editions.unmeasured().fresh(), "api/hinomi/v1/status");
    assertThat(component(unmeasured, "login").get("measured").get("uptime").isNull()).isTrue();
  }
}
