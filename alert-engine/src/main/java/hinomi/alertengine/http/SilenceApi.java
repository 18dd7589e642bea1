package hinomi.alertengine.http;

import static hinomi.alertengine.state.Alert.NEVER;

import hinomi.alertengine.AlertDesk;
import hinomi.alertengine.external.ExternalAlert;
import hinomi.alertengine.route.MatcherText;
import hinomi.alertengine.silence.Silence;
import hinomi.alertengine.silence.SilencePreview;
import hinomi.model.BadInput;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.settings.Mistake;
import hinomi.web.Reply;
import hinomi.web.Request;
import hinomi.web.Routes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/// What Alertmanager's API has no words for: `GET /api/hinomi/v1/silences` with why each ended and
/// what it last matched, `GET /api/hinomi/v1/silences/preview?matchers=…` with what a silence would
/// have hidden, `GET /api/hinomi/v1/external-alerts` with why alerts of others are over.
public final class SilenceApi {
  private final Supplier<AlertDesk> desk;

  /// @param desk of the configuration in force, asked for each request
  public SilenceApi(Supplier<AlertDesk> desk) {
    this.desk = desk;
  }

  public void routes(Routes routes) {
    routes
        .get("/api/hinomi/v1/silences", _ -> silences())
        .get("/api/hinomi/v1/silences/preview", this::preview)
        .get("/api/hinomi/v1/external-alerts", _ -> external());
  }

  private Reply silences() {
    AlertDesk present = desk.get();
    Instant now = present.time().now();
    return Reply.json(
        Map.of("silences", present.silences().all().stream().map(s -> shape(s, now)).toList()));
  }

  private static Map<String, Object> shape(Silence silence, Instant now) {
    Map<String, Object> shape = new LinkedHashMap<>();
    shape.put("id", silence.id());
    shape.put("state", silence.state(now).name().toLowerCase(Locale.ROOT));
    shape.put("matchers", silence.matcherText());
    shape.put("owner", silence.createdBy());
    shape.put("comment", silence.comment());
    shape.put("startsAt", silence.startsAt().toString());
    shape.put("endsAt", silence.endsAt().toString());
    shape.put("ending", silence.marks().ending().name().toLowerCase(Locale.ROOT));
    if (!silence.marks().endedBy().isEmpty()) {
      shape.put("endedBy", silence.marks().endedBy());
    }
    if (!silence.marks().matchedAt().equals(NEVER)) {
      shape.put("matchedAt", silence.marks().matchedAt().toString());
    }
    return shape;
  }

  private Reply preview(Request request) {
    List<Matcher> matchers = new ArrayList<>();
    for (String text : request.params("matchers")) {
      try {
        matchers.addAll(MatcherText.parse(text));
      } catch (BadInput e) {
        int column = Math.max(0, e.offset()) + 1;
        throw new BadInput(new Mistake("matchers", 1, column, e.reason(), text).shown());
      }
    }
    if (matchers.isEmpty()) {
      throw new BadInput("matchers: say which alerts, such as matchers={alertname=\"Slow\"}");
    }
    AlertDesk present = desk.get();
    SilencePreview.Result result =
        SilencePreview.of(
            matchers, present.journal(), present.standing().labels(), present.time().now());
    Map<String, Object> shape = new LinkedHashMap<>();
    shape.put("from", result.from().toString());
    shape.put("complete", result.complete());
    shape.put("firing", result.firing().stream().map(Labels::toMap).toList());
    shape.put("messagesHidden", result.wholly());
    shape.put("messagesShortened", result.partly());
    shape.put("toldLess", result.people());
    shape.put("alerts", result.alerts().stream().map(SilenceApi::past).toList());
    shape.put("groups", result.groups().stream().map(SilenceApi::hidden).toList());
    return Reply.json(shape).gzippedFor(request);
  }

  private static Map<String, Object> past(SilencePreview.Past past) {
    Map<String, Object> shape = new LinkedHashMap<>();
    shape.put("labels", past.labels().toMap());
    shape.put("times", past.times());
    shape.put("first", past.first().toString());
    shape.put("last", past.last().toString());
    return shape;
  }

  private static Map<String, Object> hidden(SilencePreview.Hidden hidden) {
    Map<String, Object> shape = new LinkedHashMap<>();
    shape.put("id", hidden.id());
    shape.put("key", hidden.key());
    shape.put("page", hidden.page());
    shape.put("openedAt", hidden.openedAt().toString());
    shape.put("messagesHidden", hidden.wholly());
    shape.put("messagesShortened", hidden.partly());
    return shape;
  }

  private Reply external() {
    return Reply.json(
        Map.of("alerts", desk.get().external().all().stream().map(SilenceApi::shape).toList()));
  }

  private static Map<String, Object> shape(ExternalAlert alert) {
    Map<String, Object> shape = new LinkedHashMap<>();
    shape.put("labels", alert.labels().toMap());
    shape.put("state", alert.stands() ? "firing" : "resolved");
    shape.put("reason", alert.end().word());
    shape.put("startsAt", alert.startsAt().toString());
    shape.put("endsAt", alert.endsAt().toString());
    shape.put("updatedAt", alert.updatedAt().toString());
    shape.put("generatorURL", alert.generatorUrl());
    return shape;
  }
}
