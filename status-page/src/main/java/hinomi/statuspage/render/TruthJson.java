package hinomi.statuspage.render;

import hinomi.model.ComponentStatus;
import hinomi.model.ComponentStatus.Tally;
import hinomi.model.Incident;
import hinomi.model.Text;
import hinomi.statuspage.snapshot.Identity;
import hinomi.statuspage.snapshot.Node;
import hinomi.statuspage.snapshot.Snapshot;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// The document at `/api/hinomi/v1/status`: three-valued, with the moment it speaks of, the moment
/// until which it may be believed, and a number that tells older from newer.
final class TruthJson {
  private final Identity identity;

  TruthJson(Identity identity) {
    this.identity = identity;
  }

  Map<String, Object> document(Snapshot snapshot) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("name", both(identity.name()));
    document.put("url", identity.url().toString());
    document.put("time_zone", identity.zone().getId());
    document.put("seq", snapshot.seq());
    document.put("as_of", snapshot.asOf().toString());
    document.put("expires_at", snapshot.asOf().plus(identity.expiresAfter()).toString());
    document.put("expired", snapshot.expired());
    document.put("overall", Keys.word(snapshot.overall()).replace('-', '_'));
    document.put("components", snapshot.all().stream().map(TruthJson::component).toList());
    document.put("incidents", snapshot.open().stream().map(this::incident).toList());
    return document;
  }

  private static Map<String, Object> component(Node node) {
    ComponentStatus status = node.status();
    Tally total = status.total();
    Map<String, Object> component = new LinkedHashMap<>();
    component.put("id", node.id());
    component.put("parent", status.parent().isEmpty() ? null : status.parent());
    component.put("name", both(status.name()));
    component.put("condition", Keys.word(status.condition()));
    component.put("since", node.since().map(Instant::toString).orElse(null));
    Map<String, Object> measured = new LinkedHashMap<>();
    measured.put("days", status.days().size());
    measured.put("up_seconds", total.up().toMillis() / 1000.0);
    measured.put("down_seconds", total.down().toMillis() / 1000.0);
    measured.put("unknown_seconds", total.unknown().toMillis() / 1000.0);
    measured.put("uptime", total.measured() ? total.uptime() : null);
    component.put("measured", measured);
    return component;
  }

  private Map<String, Object> incident(Incident incident) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("id", incident.id());
    out.put("title", both(incident.title()));
    out.put("impact", Keys.word(incident.impact()));
    out.put("stage", Keys.word(incident.stage()));
    out.put("components", incident.components());
    out.put("started_at", incident.startedAt().toString());
    out.put("updates", incident.updates().size());
    return out;
  }

  private static Map<String, Object> both(Text text) {
    Map<String, Object> both = new LinkedHashMap<>();
    both.put("ja", text.in(hinomi.model.Language.JA));
    both.put("en", text.in(hinomi.model.Language.EN));
    return both;
  }
}
