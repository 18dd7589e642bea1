package hinomi.statuspage.render;

import hinomi.model.Incident;
import hinomi.model.Language;
import hinomi.model.Text;
import hinomi.pages.Templates;
import hinomi.statuspage.snapshot.Identity;
import hinomi.statuspage.snapshot.Node;
import hinomi.statuspage.snapshot.Snapshot;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The pages of one language. Those that speak about now say as of when, and until when that may be
/// believed; those about the past say nothing about now and need not be printed again.
final class Pages {
  private final Identity identity;
  private final Assets assets;
  private final Templates templates;
  private final Phrases phrases;
  private final Links links;
  private final ComponentViews components;
  private final IncidentViews incidents;
  private final Markdown markdown = new Markdown();

  Pages(Identity identity, Assets assets, Templates templates, Phrases phrases) {
    this.identity = identity;
    this.assets = assets;
    this.templates = templates;
    this.phrases = phrases;
    this.links = new Links(identity, phrases.language());
    this.components = new ComponentViews(phrases, links);
    this.incidents = new IncidentViews(phrases, links);
  }

  Links links() {
    return links;
  }

  String index(Snapshot snapshot) {
    Map<String, Object> model = live("", snapshot);
    String overall = phrases.say(Keys.of("overall", snapshot.overall()));
    model.put("title", overall + " – " + phrases.of(identity.name()));
    model.put("overall", overall);
    model.put("tone", Keys.word(Signs.tone(snapshot.overall())));
    model.put("sign", Signs.of(Signs.tone(snapshot.overall())));
    model.put("note", note(snapshot));
    model.put("rows", components.rows(snapshot.roots(), snapshot.asOf()));
    model.put(
        "open",
        snapshot.open().stream()
            .map(one -> incidents.view(one, names(snapshot), snapshot.asOf()))
            .toList());
    model.put("days", incidents.recent(snapshot.incidents(), names(snapshot), snapshot.asOf()));
    return render("index", model);
  }

  private String note(Snapshot snapshot) {
    if (snapshot.expired()) {
      return phrases.say("note.expired", phrases.exact(snapshot.asOf()));
    }
    return phrases.say(Keys.of("note", snapshot.overall()));
  }

  String component(Snapshot snapshot, Node node) {
    Map<String, Object> model = live(Links.component(node.id()), snapshot);
    String name = phrases.of(node.status().name());
    model.put("title", name + " – " + phrases.of(identity.name()));
    model.put("row", components.rows(List.of(node), snapshot.asOf()).getFirst());
    model.put("bar", Bars.svg(node.status(), phrases));
    model.put("children", components.rows(node.children(), snapshot.asOf()));
    model.put("lines", components.lines(node.status()));
    model.put(
        "ancestors",
        node.ancestors().stream()
            .map(one ->
                new IncidentViews.Reference(
                    phrases.of(one.name()), links.to(Links.component(one.id()))))
            .toList());
    List<String> concerned = node.all().map(Node::id).toList();
    model.put(
        "incidents",
        snapshot.incidents().stream()
            .filter(one -> one.components().stream().anyMatch(concerned::contains))
            .map(one -> incidents.view(one, names(snapshot), snapshot.asOf()))
            .toList());
    model.put("badge", links.file(links.address("badge/" + node.id() + ".svg")));
    return render("component", model);
  }

  /// An incident that goes on: the page speaks about now.
  String incident(Snapshot snapshot, Incident incident) {
    return incident(
        live(Links.incident(incident.id()), snapshot), incident, names(snapshot), snapshot.asOf());
  }

  /// An incident that is over.
  String incident(Incident incident, Map<String, Text> names) {
    Instant end = incident.resolvedAt().orElse(incident.startedAt());
    return incident(past(Links.incident(incident.id())), incident, names, end);
  }

  private String incident(
      Map<String, Object> model, Incident incident, Map<String, Text> names, Instant now) {
    IncidentViews.View view = incidents.view(incident, names, now);
    model.put("title", view.title() + " – " + phrases.of(identity.name()));
    model.put("incident", view);
    incident
        .postmortem()
        .ifPresent(postmortem -> {
          model.put("postmortem", markdown.html(phrases.of(postmortem.markdown())));
          model.put("postmortemAt", phrases.moment(postmortem.publishedAt()));
          model.put("postmortemAtIso", postmortem.publishedAt().toString());
        });
    return render("incident", model);
  }

  String history(List<Incident> all, Map<String, Text> names) {
    Map<String, Object> model = past("history");
    model.put("title", phrases.say("history.title") + " – " + phrases.of(identity.name()));
    Instant newest = all.isEmpty() ? Instant.EPOCH : all.getFirst().startedAt();
    model.put("months", incidents.months(all, names, newest));
    return render("history", model);
  }

  String missing() {
    Map<String, Object> model = past("404");
    model.put("title", phrases.say("missing.title") + " – " + phrases.of(identity.name()));
    return render("missing", model);
  }

  private String render(String template, Map<String, Object> model) {
    return templates.render(template, phrases.language(), model);
  }

  static Map<String, Text> names(Snapshot snapshot) {
    Map<String, Text> names = new LinkedHashMap<>();
    snapshot.all().forEach(node -> names.put(node.id(), node.status().name()));
    return names;
  }

  private Map<String, Object> live(String page, Snapshot snapshot) {
    Map<String, Object> model = past(page);
    Instant until = snapshot.asOf().plus(identity.expiresAfter());
    model.put("live", true);
    model.put("expired", snapshot.expired());
    model.put("asOf", phrases.exact(snapshot.asOf()));
    model.put("asOfIso", snapshot.asOf().toString());
    model.put("until", phrases.clock(until));
    model.put("untilIso", until.toString());
    return model;
  }

  private Map<String, Object> past(String page) {
    Language language = phrases.language();
    Language other = language == Language.JA ? Language.EN : Language.JA;
    Map<String, Object> model = new HashMap<>();
    model.put("live", false);
    model.put("expired", false);
    model.put("lang", language.tag());
    model.put("otherLang", other.tag());
    model.put("self", links.to(page));
    model.put("other", links.to(other, page));
    model.put("canonical", links.absolute(page));
    model.put("home", links.to(""));
    model.put("historyHref", links.to("history"));
    model.put("feed", links.file(links.address("feed.atom")));
    model.put("json", links.file("api/v2/summary.json"));
    model.put("truth", links.file("api/hinomi/v1/status.json"));
    model.put("style", links.file(assets.style()));
    model.put("script", links.file(assets.script()));
    model.put("icon", links.file("favicon.svg"));
    model.put("name", phrases.of(identity.name()));
    model.put("page", page);
    model.put("contact", identity.contact());
    model.put("contactHref", contactHref());
    return model;
  }

  private String contactHref() {
    String contact = identity.contact();
    if (contact.startsWith("https://") || contact.startsWith("http://")) {
      return contact;
    }
    return contact.matches("[^\\s@:/?]+@[^\\s@:/?]+") ? "mailto:" + contact : "";
  }
}
