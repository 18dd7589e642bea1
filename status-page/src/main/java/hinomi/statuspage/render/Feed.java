package hinomi.statuspage.render;

import hinomi.model.Incident;
import hinomi.model.Incident.Update;
import hinomi.statuspage.snapshot.Identity;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// Incidents as an Atom feed (RFC 4287): an entry an incident, updated with each of its reports.
final class Feed {
  private static final int ENTRIES = 50;

  private final Identity identity;
  private final Phrases phrases;
  private final Links links;

  Feed(Identity identity, Phrases phrases, Links links) {
    this.identity = identity;
    this.phrases = phrases;
    this.links = links;
  }

  /// @param otherwise when the feed counts as updated while it is empty
  String atom(List<Incident> incidents, Instant otherwise) {
    List<Incident> newest = incidents.stream().limit(ENTRIES).toList();
    Instant updated = newest.stream().map(Feed::updated).max(Instant::compareTo).orElse(otherwise);
    String self = identity.base() + links.address("feed.atom");
    StringBuilder out = new StringBuilder(4_000);
    out.append("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n")
        .append("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"")
        .append(phrases.language().tag())
        .append("\">\n");
    element(out, "id", self);
    element(out, "title", phrases.say("feed.title", phrases.of(identity.name())));
    element(out, "updated", updated.toString());
    out.append("<author>");
    element(out, "name", phrases.of(identity.name()));
    out.append("</author>\n<link rel=\"self\" type=\"application/atom+xml\" href=\"")
        .append(Markup.escape(self))
        .append("\"/>\n<link rel=\"alternate\" type=\"text/html\" href=\"")
        .append(Markup.escape(links.absolute("")))
        .append("\"/>\n");
    newest.forEach(incident -> entry(out, incident));
    return out.append("</feed>\n").toString();
  }

  private void entry(StringBuilder out, Incident incident) {
    out.append("<entry>\n");
    String address = links.absolute(Links.incident(incident.id()));
    element(out, "id", address);
    element(
        out,
        "title",
        phrases.say(
            "feed.entry",
            phrases.say(Keys.of("stage", incident.stage())),
            phrases.of(incident.title())));
    element(out, "published", incident.startedAt().toString());
    element(out, "updated", updated(incident).toString());
    out.append("<link rel=\"alternate\" type=\"text/html\" href=\"")
        .append(Markup.escape(address))
        .append("\"/>\n<category term=\"")
        .append(Keys.word(incident.impact()))
        .append("\"/>\n<content type=\"html\">");
    StringBuilder html = new StringBuilder();
    for (Update update : incident.updates().reversed()) {
      html.append("<p><strong>")
          .append(Markup.escape(phrases.say("update.number", update.number())))
          .append(" · ")
          .append(Markup.escape(phrases.say(Keys.of("stage", update.stage()))))
          .append("</strong> ")
          .append(Markup.escape(phrases.exact(update.at())))
          .append("<br>")
          .append(Markup.escape(phrases.of(update.text())).replace("\n", "<br>"))
          .append("</p>");
    }
    out.append(Markup.escape(html.toString())).append("</content>\n</entry>\n");
  }

  private static Instant updated(Incident incident) {
    return Stream.of(
            incident.updates().stream().map(Update::at),
            incident.resolvedAt().stream(),
            incident.postmortem().stream().map(Incident.Postmortem::publishedAt))
        .flatMap(times -> times)
        .max(Instant::compareTo)
        .orElse(incident.startedAt());
  }

  private static void element(StringBuilder out, String name, String text) {
    out.append('<').append(name).append('>').append(Markup.escape(text));
    out.append("</").append(name).append(">\n");
  }
}
