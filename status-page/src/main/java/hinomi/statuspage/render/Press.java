package hinomi.statuspage.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import hinomi.model.Incident;
import hinomi.model.Language;
import hinomi.model.Text;
import hinomi.pages.Speech;
import hinomi.pages.Templates;
import hinomi.pages.Words;
import hinomi.statuspage.snapshot.Identity;
import hinomi.statuspage.snapshot.Node;
import hinomi.statuspage.snapshot.Snapshot;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Prints editions. What speaks about now is printed each time and twice: as it is, and as it must
/// read once it has expired. What speaks about the past is kept from the edition before. One thread
/// at a time.
public final class Press {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String JSON_TYPE = "application/json; charset=utf-8";

  private final Identity identity;
  private final Assets assets;
  private final Map<Language, Desk> desks = new EnumMap<>(Language.class);
  private final TruthJson truth;
  private Past past = new Past(List.of(), Map.of(), Map.of(), Map.of());

  public Press(Identity identity) {
    this.identity = identity;
    this.assets = new Assets(identity);
    this.truth = new TruthJson(identity);
    Map<Language, Words> words = Words.all(Press.class);
    Templates templates = new Templates(Press.class, words);
    words.forEach((language, some) -> {
      Phrases phrases = new Phrases(new Speech(some, identity.zone()));
      Pages pages = new Pages(identity, assets, templates, phrases);
      desks.put(
          language,
          new Desk(
              phrases,
              pages,
              new Feed(identity, phrases, pages.links()),
              new StatuspageJson(identity, phrases, pages.links())));
    });
  }

  /// What makes the documents of one language.
  private record Desk(Phrases phrases, Pages pages, Feed feed, StatuspageJson json) {}

  /// What was printed of the past, and from what.
  private record Past(
      List<Incident> incidents,
      Map<String, Text> names,
      Map<Incident, Map<String, Sheet>> resolved,
      Map<String, Sheet> lists) {}

  public Edition print(Snapshot snapshot) {
    past = past(snapshot);
    return new Edition(
        snapshot.seq(),
        snapshot.asOf(),
        snapshot.asOf().plus(identity.expiresAfter()),
        all(snapshot),
        all(snapshot.whenExpired()));
  }

  private Map<String, Sheet> all(Snapshot snapshot) {
    Map<String, Sheet> sheets = new HashMap<>(assets.sheets());
    sheets.putAll(past.lists());
    past.resolved().values().forEach(sheets::putAll);
    desks.values().forEach(desk -> live(sheets, desk, snapshot));
    Sheet status = json(truth.document(snapshot));
    sheets.put("api/hinomi/v1/status", status);
    sheets.put("api/hinomi/v1/status.json", status); // static hosts tell types by names
    return sheets;
  }

  private static void live(Map<String, Sheet> sheets, Desk desk, Snapshot snapshot) {
    Links links = desk.pages().links();
    sheets.put(links.address(""), Sheet.html(desk.pages().index(snapshot)));
    for (Node node : snapshot.all()) {
      sheets.put(
          links.address(Links.component(node.id())),
          Sheet.html(desk.pages().component(snapshot, node)));
      sheets.put(
          links.address("badge/" + node.id() + ".svg"),
          Sheet.of(Sheet.Kind.DATA, "image/svg+xml", Badge.svg(node, desk.phrases())));
    }
    for (Incident incident : snapshot.open()) {
      sheets.put(
          links.address(Links.incident(incident.id())),
          Sheet.html(desk.pages().incident(snapshot, incident)));
    }
    desk.json()
        .documents(snapshot)
        .forEach((path, document) -> sheets.put(links.address("api/v2/" + path), json(document)));
  }

  private Past past(Snapshot snapshot) {
    Map<String, Text> names = Pages.names(snapshot);
    boolean sameNames = names.equals(past.names());
    if (sameNames && snapshot.incidents().equals(past.incidents()) && !past.lists().isEmpty()) {
      return past;
    }
    Map<Incident, Map<String, Sheet>> resolved = new HashMap<>();
    for (Incident incident : snapshot.incidents()) {
      if (!incident.open()) {
        Map<String, Sheet> before = sameNames ? past.resolved().get(incident) : null;
        resolved.put(incident, before == null ? resolved(incident, names) : before);
      }
    }
    return new Past(
        snapshot.incidents(), names, resolved, lists(snapshot.incidents(), names, snapshot.asOf()));
  }

  private Map<String, Sheet> resolved(Incident incident, Map<String, Text> names) {
    Map<String, Sheet> sheets = new HashMap<>();
    for (Desk desk : desks.values()) {
      sheets.put(
          desk.pages().links().address(Links.incident(incident.id())),
          Sheet.html(desk.pages().incident(incident, names)));
    }
    return sheets;
  }

  private Map<String, Sheet> lists(List<Incident> incidents, Map<String, Text> names, Instant now) {
    Map<String, Sheet> sheets = new HashMap<>();
    for (Desk desk : desks.values()) {
      Links links = desk.pages().links();
      sheets.put(links.address("history"), Sheet.html(desk.pages().history(incidents, names)));
      sheets.put(links.address("404"), Sheet.html(desk.pages().missing()));
      sheets.put(
          links.address("feed.atom"),
          Sheet.of(
              Sheet.Kind.DATA,
              "application/atom+xml; charset=utf-8",
              desk.feed().atom(incidents, now)));
    }
    return sheets;
  }

  private static Sheet json(Object document) {
    try {
      return Sheet.of(Sheet.Kind.DATA, JSON_TYPE, JSON.writeValueAsString(document));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("BUG: not writable as JSON: " + e.getMessage(), e);
    }
  }
}
