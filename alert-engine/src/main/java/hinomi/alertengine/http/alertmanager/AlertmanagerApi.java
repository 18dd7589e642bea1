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
import java.util.function.Supplier;

/// `/api/v2/…`.
public final class AlertmanagerApi {
  /// 10,000 alerts of a kilobyte each, and more.
  private static final long MAX_ALERTS_BODY = 32L << 20;

  private static final long MAX_SILENCE_BODY = 1L << 20;

  private final Supplier<AlertDesk> desk;

  /// @param desk of the configuration in force, asked for each request
  public AlertmanagerApi(Supplier<AlertDesk> desk) {
    this.desk = desk;
  }

  public void routes(Routes routes) {
    routes
        .get("/api/v2/status", shaped(_ -> status()))
        .get("/api/v2/receivers", shaped(this::receivers))
        .get("/api/v2/alerts", shaped(request -> alerts().list(request)))
        .post("/api/v2/alerts", MAX_ALERTS_BODY, shaped(request -> alerts().receive(request)))
        .get("/api/v2/alerts/groups", shaped(request -> alerts().groups(request)))
        .get("/api/v2/silences", shaped(request -> silences().list(request)))
        .post("/api/v2/silences", MAX_SILENCE_BODY, shaped(request -> silences().set(request)))
        .get("/api/v2/silence/{id}", shaped(request -> silences().get(request)))
        .delete("/api/v2/silence/{id}", shaped(request -> silences().expire(request)));
  }

  private AlertEndpoints alerts() {
    return new AlertEndpoints(desk.get());
  }

  private SilenceEndpoints silences() {
    AlertDesk present = desk.get();
    return new SilenceEndpoints(present.silences(), present.time());
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
    AlertDesk present = desk.get();
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("cluster", Map.of("status", "disabled", "peers", List.of()));
    status.put("config", Map.of("original", RouteText.of(present.routes())));
    status.put("uptime", Shapes.time(present.startedAt()));
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
        new Destinations(desk.get().routes())
            .receivers().stream()
                .filter(name -> Matcher.allMatch(wanted, Labels.of("name", name)))
                .map(name -> Map.of("name", name, "labels", Map.of("name", name)))
                .toList());
  }
}
