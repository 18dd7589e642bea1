package hinomi.alertengine.http;

import hinomi.alertengine.AlertEngine;
import hinomi.alertengine.deliver.AckTokens;
import hinomi.alertengine.group.Acknowledgement;
import hinomi.alertengine.group.Member;
import hinomi.alertengine.group.PageGroup;
import hinomi.model.Missing;
import hinomi.web.Reply;
import hinomi.web.Request;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// The page behind a link in a mail. Opening it changes nothing, since mail scanners open links;
/// its button does.
final class AckPage {
  private static final Map<String, String> HEADERS =
      Map.of(
          "Cache-Control",
          "no-store",
          "Referrer-Policy",
          "no-referrer",
          "Content-Security-Policy",
          "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'");

  private final AlertEngine engine;

  AckPage(AlertEngine engine) {
    this.engine = engine;
  }

  Reply ask(Request request) {
    AckTokens.Claim claim;
    PageGroup group;
    try {
      claim = engine.claim(request.captured("token"));
      group = group(claim);
    } catch (Missing e) {
      return invalid(e);
    }
    if (isOver(group)) {
      return page(200, "復旧済みです / Already resolved", list(group));
    }
    if (group.acknowledgement().isGiven()) {
      return page(200, taken(group.acknowledgement()), list(group));
    }
    return page(
        200,
        "対応を引き受けますか / Take this on?",
        list(group)
            + "<form method=\"post\"><p>"
            + escaped(engine.who(claim))
            + "</p><p><label>メモ / Note<br><input name=\"note\" size=\"40\" maxlength=\"500\">"
            + "</label></p><p><button type=\"submit\">応答する / Acknowledge</button></p></form>");
  }

  Reply acknowledge(Request request) {
    try {
      AckTokens.Claim claim = engine.claim(request.captured("token"));
      PageGroup group = engine.acknowledge(claim, AlertApi.cut(request.param("note").orElse("")));
      String title = isOver(group) ? "復旧済みです / Already resolved" : taken(group.acknowledgement());
      return page(200, title, list(group));
    } catch (Missing e) {
      return invalid(e);
    }
  }

  private PageGroup group(AckTokens.Claim claim) {
    PageGroup group =
        engine
            .journal()
            .group(claim.groupId())
            .orElseThrow(() -> new Missing("this alert is not kept any more"));
    if (group.isOpen() && group.climb().round() != claim.round()) {
      throw new Missing("this link is for an earlier page; new alerts have come since");
    }
    return group;
  }

  private static boolean isOver(PageGroup group) {
    return !group.isOpen() && !group.isSummary();
  }

  private static Reply invalid(Missing e) {
    return page(404, "リンクは無効です / This link is not valid", "<p>" + escaped(e.reason()) + "</p>");
  }

  private static String taken(Acknowledgement acknowledgement) {
    return "応答済み / Acknowledged: " + acknowledgement.by();
  }

  private String list(PageGroup group) {
    StringBuilder list = new StringBuilder("<ul>");
    for (Member member : shown(group).members().values().stream().limit(50).toList()) {
      String name = member.labels().get("alertname");
      list.append("<li>")
          .append(member.isFiring() ? "● " : "○ ")
          .append(escaped(member.annotations().getOrDefault("summary", name)))
          .append("<br><small>")
          .append(escaped(member.labels().toString()))
          .append("</small></li>");
    }
    return list.append("</ul>").toString();
  }

  /// Of a summary, what the last one listed.
  private PageGroup shown(PageGroup group) {
    return group.isSummary()
        ? engine.journal().outbox().ofGroup(group.id()).reversed().stream()
            .findFirst()
            .map(delivery -> delivery.notification().group())
            .orElse(group)
        : group;
  }

  private static Reply page(int status, String title, String body) {
    String html =
        "<!doctype html><html lang=\"ja\"><head><meta charset=\"utf-8\">"
            + "<meta name=\"viewport\" content=\"width=device-width\">"
            + "<meta name=\"robots\" content=\"noindex\"><title>"
            + escaped(title)
            + "</title><style>body{font-family:sans-serif;max-width:40em;margin:2em auto;"
            + "padding:0 1em}button{font-size:1.2em;padding:.5em 1em}</style></head><body><h1>"
            + escaped(title)
            + "</h1>"
            + body
            + "</body></html>\n";
    Reply reply =
        Reply.of(status, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8));
    for (Map.Entry<String, String> header : HEADERS.entrySet()) {
      reply = reply.with(header.getKey(), header.getValue());
    }
    return reply;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
