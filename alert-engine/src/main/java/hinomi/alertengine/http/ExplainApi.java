package hinomi.alertengine.http;

import hinomi.alertengine.AlertEngine;
import hinomi.alertengine.explain.Explanation;
import hinomi.alertengine.explain.Words;
import hinomi.alertengine.journal.Decision;
import hinomi.model.BadInput;
import hinomi.model.Language;
import hinomi.model.Time;
import hinomi.web.Reply;
import hinomi.web.Request;
import hinomi.web.Routes;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// `GET /api/hinomi/v1/explain`: why an alert was told by a time, and why not. `alert` is a
/// fingerprint, a name or matchers; `at` a time (RFC 3339 or seconds), now by default; `lang` is
/// `ja` or `en`; `format=text` leaves out all but the words.
public final class ExplainApi {
  private static final int MOST = 10;

  private final AlertEngine engine;
  private final Time time;

  public ExplainApi(AlertEngine engine, Time time) {
    this.engine = engine;
    this.time = time;
  }

  public void routes(Routes routes) {
    routes.get("/api/hinomi/v1/explain", this::explain);
  }

  private Reply explain(Request request) {
    String wanted =
        request
            .param("labels")
            .or(() -> request.param("alert"))
            .filter(text -> !text.isBlank())
            .orElseThrow(
                () -> new BadInput("alert: say which, by fingerprint, by name or by its labels"));
    Instant at = request.param("at").map(ExplainApi::instant).orElseGet(time::now);
    Words words = new Words(language(request), engine::nameOf);
    List<Explanation> found = engine.explainer().asked(wanted, at, MOST);
    if (request.param("format").orElse("").equals("text")) {
      List<String> texts =
          found.stream().map(one -> String.join("\n", words.lines(one)) + "\n").toList();
      return Reply.text(200, String.join("\n", texts));
    }
    return Reply.json(
        Map.of("explanations", found.stream().map(one -> shape(one, words)).toList()));
  }

  private static Language language(Request request) {
    String wanted = request.param("lang").orElse("en");
    for (Language language : Language.values()) {
      if (language.tag().equals(wanted.toLowerCase(Locale.ROOT))) {
        return language;
      }
    }
    throw new BadInput("lang: expected ja or en, got \"" + wanted + "\"");
  }

  private static Instant instant(String text) {
    try {
      return text.matches("\\d{1,12}(\\.\\d{1,9})?")
          ? Instant.ofEpochMilli((long) (Double.parseDouble(text) * 1_000))
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new BadInput("at: expected a time like 2026-11-22T01:00:00+09:00, got " + text, e);
    }
  }

  private static Map<String, Object> shape(Explanation one, Words words) {
    Map<String, Object> shape = new LinkedHashMap<>();
    shape.put("labels", one.alert().toMap());
    shape.put("fingerprint", "%016x".formatted(one.alert().fingerprint()));
    shape.put("at", one.at().toString());
    shape.put("fires", one.fires());
    one.pendingSince().ifPresent(since -> shape.put("pendingSince", since.toString()));
    one.muted().ifPresent(mute -> shape.put("muted", Map.of("why", mute.word(), "by", mute.by())));
    shape.put("decisions", one.decided().stream().map(ExplainApi::shape).toList());
    List<Map<String, Object>> routes = new ArrayList<>();
    for (Explanation.Considered route : one.routes()) {
      Map<String, Object> considered = new LinkedHashMap<>();
      considered.put("route", route.node());
      considered.put("takes", route.takes());
      considered.put("why", route.why().name().toLowerCase(Locale.ROOT));
      considered.put("matchers", route.matchers());
      considered.put("receiver", route.receiver());
      considered.put("whom", route.whom());
      route
          .hours()
          .ifPresent(mute -> considered.put("muted", Map.of("why", mute.word(), "by", mute.by())));
      routes.add(considered);
    }
    shape.put("routes", routes);
    shape.put("text", words.lines(one));
    return shape;
  }

  private static Map<String, Object> shape(Decision decision) {
    Map<String, Object> shape = new LinkedHashMap<>();
    shape.put("at", decision.at().toString());
    shape.put("kind", decision.kind().word());
    shape.put("group", decision.group());
    shape.putAll(decision.facts());
    return shape;
  }
}
