package hinomi.alertengine.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import hinomi.alertengine.AlertEngine;
import hinomi.alertengine.group.PageGroup;
import hinomi.alertengine.journal.AlertJournal;
import hinomi.model.BadInput;
import hinomi.web.Reply;
import hinomi.web.Request;
import hinomi.web.Routes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What people ask of alerts and answer to them: `GET /api/hinomi/v1/alerts`, `POST
/// /api/hinomi/v1/alerts/{group}/acknowledge`, `/ack/{token}`.
public final class AlertApi {
  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final int MAX_GROUPS = 1_000;
  private static final int MAX_NOTE = 2_000;

  private final AlertEngine engine;

  public AlertApi(AlertEngine engine) {
    this.engine = engine;
  }

  public void routes(Routes routes) {
    AckPage page = new AckPage(engine);
    routes
        .get("/api/hinomi/v1/alerts", this::groups)
        .get("/api/hinomi/v1/alerts/{group}", this::group)
        .post("/api/hinomi/v1/alerts/{group}/acknowledge", this::acknowledge)
        .get("/ack/{token}", page::ask)
        .post("/ack/{token}", page::acknowledge);
  }

  /// Open groups first, then the latest closed ones, `limit` (100) in all.
  private Reply groups(Request request) {
    int limit = request.param("limit").map(AlertApi::limit).orElse(100);
    AlertJournal journal = engine.journal();
    List<Map<String, Object>> groups = new ArrayList<>();
    Set<String> seen = new LinkedHashSet<>();
    List<PageGroup> all = new ArrayList<>(journal.openGroups());
    all.addAll(journal.latestGroups(limit));
    for (PageGroup group : all) {
      if (groups.size() < limit && seen.add(group.id())) {
        groups.add(GroupShape.of(group, journal));
      }
    }
    return Reply.json(Map.of("groups", groups));
  }

  private static int limit(String text) {
    if (!text.matches("\\d{1,9}")) {
      throw new BadInput("limit: expected a number, got \"" + text + "\"");
    }
    return Math.clamp(Integer.parseInt(text), 1, MAX_GROUPS);
  }

  private Reply group(Request request) {
    String id = request.captured("group");
    return engine
        .journal()
        .group(id)
        .map(group -> Reply.json(GroupShape.of(group, engine.journal())))
        .orElseThrow(() -> new hinomi.model.Missing("there is no alert group \"" + id + "\""));
  }

  private Reply acknowledge(Request request) {
    boolean json = request.contentType().equals("application/json");
    JsonNode body = json ? parsed(request.text()) : JSON.createObjectNode();
    String by = json ? body.path("by").asText("") : request.param("by").orElse("");
    String note = json ? body.path("note").asText("") : request.param("note").orElse("");
    if (by.isBlank()) {
      throw new BadInput("by: say who acknowledges");
    }
    PageGroup group = engine.acknowledge(request.captured("group"), cut(by), cut(note));
    return Reply.json(GroupShape.of(group, engine.journal()));
  }

  private static JsonNode parsed(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new BadInput("the body is not JSON: " + e.getOriginalMessage());
    }
  }

  static String cut(String text) {
    return text.substring(0, Math.min(MAX_NOTE, text.length())).strip();
  }
}
