package hinomi.statuspage.render;

import hinomi.model.ComponentStatus;
import hinomi.model.ComponentStatus.Day;
import hinomi.model.Condition;
import hinomi.model.Incident;
import hinomi.model.Incident.Stage;
import hinomi.model.Incident.Update;
import hinomi.pages.ContentHash;
import hinomi.statuspage.snapshot.Identity;
import hinomi.statuspage.snapshot.Node;
import hinomi.statuspage.snapshot.Overall;
import hinomi.statuspage.snapshot.Snapshot;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The documents under `/api/v2/`, in the shapes of Atlassian Statuspage's public API v2, which
/// status readers everywhere understand. Its words know two values; how ours map to them is written
/// in `docs/status-page.md`: what is not known is never called operational.
final class StatuspageJson {
  private static final int INCIDENTS = 50;

  private final Identity identity;
  private final Phrases phrases;
  private final Links links;
  private final DateTimeFormatter times;

  StatuspageJson(Identity identity, Phrases phrases, Links links) {
    this.identity = identity;
    this.phrases = phrases;
    this.links = links;
    this.times =
        DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX").withZone(identity.zone());
  }

  /// Every document by its path below `api/v2/`.
  Map<String, Object> documents(Snapshot snapshot) {
    Map<String, Object> page = page(snapshot);
    Map<String, Object> status = status(snapshot);
    Map<String, Map<String, Object>> byId = components(snapshot);
    List<Map<String, Object>> components = List.copyOf(byId.values());
    List<Map<String, Object>> newest =
        incidents(snapshot.incidents().stream().limit(INCIDENTS), byId);
    List<Map<String, Object>> open = incidents(snapshot.open().stream(), byId);
    Map<String, Object> summary = of("page", page, "components", components, "incidents", open);
    summary.put("scheduled_maintenances", List.of());
    summary.put("status", status);
    Map<String, Object> documents = new LinkedHashMap<>();
    documents.put("summary.json", summary);
    documents.put("status.json", of("page", page, "status", status));
    documents.put("components.json", of("page", page, "components", components));
    documents.put("incidents.json", of("page", page, "incidents", newest));
    documents.put("incidents/unresolved.json", of("page", page, "incidents", open));
    for (String which : List.of("", "/upcoming", "/active")) {
      documents.put(
          "scheduled-maintenances" + which + ".json",
          of("page", page, "scheduled_maintenances", List.of()));
    }
    return documents;
  }

  private Map<String, Object> page(Snapshot snapshot) {
    Map<String, Object> page = of("id", pageId(), "name", phrases.of(identity.name()));
    page.put("url", identity.url().toString());
    page.put("time_zone", identity.zone().getId());
    page.put("updated_at", time(snapshot.asOf()));
    return page;
  }

  /// Opaque to clients; stable as long as the page's address is.
  private String pageId() {
    byte[] url = identity.base().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return ContentHash.of(url).substring(0, 12);
  }

  private Map<String, Object> status(Snapshot snapshot) {
    Overall overall = snapshot.overall();
    String indicator =
        switch (overall) {
          case UP -> "none";
          case WATCHING -> worstOpen(snapshot);
          case PARTLY_UNKNOWN, UNKNOWN -> "minor";
          case PARTLY_DOWN -> "major";
          case DOWN -> "critical";
        };
    return of("indicator", indicator, "description", phrases.say(Keys.of("overall", overall)));
  }

  private static String worstOpen(Snapshot snapshot) {
    return snapshot.open().stream()
        .map(Incident::impact)
        .max(Comparable::compareTo)
        .map(Keys::word)
        .orElse("none");
  }

  /// Statuspage knows two levels: what lies deeper hangs below its group at the top, with the names
  /// between them in its name.
  private Map<String, Map<String, Object>> components(Snapshot snapshot) {
    Map<String, Map<String, Object>> byId = new LinkedHashMap<>();
    int position = 1;
    for (Node root : snapshot.roots()) {
      List<Node> all = root.all().toList();
      for (Node node : all) {
        byId.put(node.id(), component(node, position++, snapshot.asOf()));
      }
      if (root.group()) {
        List<String> below = all.stream().skip(1).map(Node::id).toList();
        Optional.ofNullable(byId.get(root.id())).ifPresent(group -> group.put("components", below));
      }
    }
    return byId;
  }

  private Map<String, Object> component(Node node, int position, Instant asOf) {
    ComponentStatus status = node.status();
    Map<String, Object> component = of("id", node.id(), "name", name(node));
    component.put("status", word(node));
    component.put("created_at", time(created(status, asOf)));
    component.put("updated_at", time(node.since().orElse(asOf)));
    component.put("position", position);
    component.put("description", orNull(phrases.of(status.description())));
    component.put("showcase", !node.group());
    component.put("start_date", firstMeasured(status).map(d -> d.date().toString()).orElse(null));
    component.put("group_id", node.ancestors().isEmpty() ? null : node.ancestors().getFirst().id());
    component.put("page_id", pageId());
    component.put("group", node.group() && node.ancestors().isEmpty());
    component.put("only_show_if_degraded", false);
    return component;
  }

  private String name(Node node) {
    Stream<ComponentStatus> between = node.ancestors().stream().skip(1);
    return String.join(
        " / ",
        Stream.concat(between, Stream.of(node.status()))
            .map(one -> phrases.of(one.name()))
            .toList());
  }

  static String word(Node node) {
    return switch (node.condition()) {
      case UP -> "operational";
      case UNKNOWN -> "degraded_performance";
      case DOWN ->
          node.leaves().stream().allMatch(leaf -> leaf.condition() == Condition.DOWN)
              ? "major_outage"
              : "partial_outage";
    };
  }

  private static Optional<Day> firstMeasured(ComponentStatus status) {
    return status.days().stream().filter(day -> day.tally().measured()).findFirst();
  }

  private Instant created(ComponentStatus status, Instant asOf) {
    return firstMeasured(status)
        .map(day -> day.date().atStartOfDay(identity.zone()).toInstant())
        .orElse(asOf);
  }

  private List<Map<String, Object>> incidents(
      Stream<Incident> incidents, Map<String, Map<String, Object>> byId) {
    return incidents.map(incident -> incident(incident, byId)).toList();
  }

  private Map<String, Object> incident(Incident incident, Map<String, Map<String, Object>> byId) {
    String word = incident.postmortem().isPresent() ? "postmortem" : Keys.word(incident.stage());
    Map<String, Object> out = of("id", incident.id(), "name", phrases.of(incident.title()));
    out.put("status", word);
    out.put("created_at", time(incident.startedAt()));
    Instant updated =
        incident.updates().isEmpty() ? incident.startedAt() : incident.updates().getLast().at();
    out.put("updated_at", time(updated));
    out.put(
        "monitoring_at",
        incident.updates().stream()
            .filter(update -> update.stage() == Stage.MONITORING)
            .findFirst()
            .map(update -> time(update.at()))
            .orElse(null));
    out.put("resolved_at", incident.resolvedAt().map(this::time).orElse(null));
    out.put("impact", Keys.word(incident.impact()));
    out.put("shortlink", links.absolute(Links.incident(incident.id())));
    out.put("started_at", time(incident.startedAt()));
    out.put("page_id", pageId());
    out.put("incident_updates", updates(incident));
    List<Map<String, Object>> concerned = new ArrayList<>();
    for (String id : incident.components()) {
      Optional.ofNullable(byId.get(id)).ifPresent(concerned::add);
    }
    out.put("components", concerned);
    out.put("reminder_intervals", null);
    return out;
  }

  private List<Map<String, Object>> updates(Incident incident) {
    List<Map<String, Object>> updates = new ArrayList<>();
    for (Update update : incident.updates()) {
      updates.add(
          update(
              incident,
              Integer.toString(update.number()),
              Keys.word(update.stage()),
              phrases.of(update.text()),
              update.at()));
    }
    incident
        .postmortem()
        .ifPresent(postmortem ->
            updates.add(
                update(
                    incident,
                    "postmortem",
                    "postmortem",
                    links.absolute(Links.incident(incident.id())),
                    postmortem.publishedAt())));
    Collections.reverse(updates);
    return updates;
  }

  private Map<String, Object> update(
      Incident incident, String id, String status, String body, Instant at) {
    Map<String, Object> update = of("id", incident.id() + "-" + id, "status", status);
    update.put("body", body);
    update.put("incident_id", incident.id());
    update.put("created_at", time(at));
    update.put("updated_at", time(at));
    update.put("display_at", time(at));
    update.put("affected_components", null);
    update.put("deliver_notifications", false);
    update.put("custom_tweet", null);
    update.put("tweet_id", null);
    return update;
  }

  private String time(Instant at) {
    return times.format(at);
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private static Map<String, Object> of(Object... pairs) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(String.valueOf(pairs[i]), pairs[i + 1]);
    }
    return map;
  }
}
