package hinomi.alertengine.http.alertmanager;

import hinomi.alertengine.AlertDesk;
import hinomi.alertengine.route.Destinations;
import hinomi.alertengine.route.RouteText;
import hinomi.model.BadInput;
import hinomi.model.Failure;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.model.Missing;
import hinomi.web.Endpoint;
import hinomi.web.Failures;
import hinomi.web.Reply;
import hinomi.web.Request;
import hinomi.web.Routes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `/api/v2/…`.
public final class AlertmanagerApi {
  /// 10,000 alerts of a kilobyte each, and more.
  private static final long MAX_ALERTS_BODY = 32L << 20;

  private static final long MAX_SILENCE_BODY = 1L << 20;

  private final AlertDesk desk;

  public AlertmanagerApi(AlertDesk desk) {
    this.desk = desk;
  }

  public void routes(Routes routes) {
    AlertEndpoints alerts = new AlertEndpoints(desk);
    SilenceEndpoints silences = new SilenceEndpoints(desk.silences(), desk.time());
    routes
        .get("/api/v2/status", shaped(_ -> status()))
        .get("/api/v2/receivers", shaped(this::receivers))
        .get("/api/v2/alerts", shaped(alerts::list))
        .post("/api/v2/alerts", MAX_ALERTS_BODY, shaped(alerts::receive))
        .get("/api/v2/alerts/groups", shaped(alerts::groups))
        .get("/api/v2/silences", shaped(silences::list))
        .post("/api/v2/silences", MAX_SILENCE_BODY, shaped(silences::set))
        .get("/api/v2/silence/{id}", shaped(silences::get))
        .delete("/api/v2/silence/{id}", shaped(silences::expire));
  }

  /// Failures in the contract's shape: a JSON text.
  private static Endpoint shaped(Endpoint endpoint) {
    return request -> {
      try {
        return endpoint.answer(request);
      } catch (Refused e) {
        return e.reply();
      } catch (BadInput | Missing e) {
        return Reply.json(Failures.status(e), e.reason());
      } catch (Failure e) {
        Reply plain = Failures.reply(e);
        Reply json = Reply.json(plain.status(), e.reason());
        return new Reply(json.status(), json.contentType(), plain.headers(), json.body());
      }
    };
  }

  private Reply status() {
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("cluster", Map.of("status", "disabled", "peers", List.of()));
    status.put("config", Map.of("original", RouteText.of(desk.routes())));
    status.put("uptime", Shapes.time(desk.startedAt()));
    String version = AlertmanagerApi.class.getPackage().getImplementationVersion();
    Map<String, Object> info = new LinkedHashMap<>();
    info.put("version", version == null ? "0.1.0" : version);
    info.put("branch", "hinomi");
    info.put("revision", "");
    info.put("buildUser", "");
    info.put("buildDate", "");
    info.put("goVersion", "");
    status.put("versionInfo", info);
    return Reply.json(status);
  }

  private Reply receivers(Request request) {
    List<Matcher> wanted = Questions.matchers(request, "receiver_matchers");
    return Reply.json(
        new Destinations(desk.routes())
            .receivers().stream()
                .filter(name -> Matcher.allMatch(wanted, Labels.of("name", name)))
                .map(name -> Map.of("name", name, "labels", Map.of("name", name)))
                .toList());
  }
}
