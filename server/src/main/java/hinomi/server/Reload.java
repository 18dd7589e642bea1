package hinomi.server;

import hinomi.alertengine.AlertEngine;
import hinomi.alertengine.rule.Rule;
import hinomi.metricstore.MetricStore;
import hinomi.model.BadInput;
import hinomi.model.Failure;
import hinomi.model.Time;
import hinomi.model.Unavailable;
import hinomi.oncall.OnCallSchedules;
import hinomi.settings.Mistake;
import hinomi.settings.Mistakes;
import hinomi.web.Reply;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes up the configuration's files while the product runs: rules, routes, people on call and
/// their schedules, planned work, calendars and the sections `alerting` and `delivery`, all or
/// nothing. With a mistake anywhere the configuration in force stays as it is. Any thread; one at a
/// time.
final class Reload {
  private static final Logger log = LoggerFactory.getLogger(Reload.class);

  private final AlertEngine alerts;
  private final Told told;
  private final Time time;
  private final Map<String, String> built;
  private final Set<String> components;
  private volatile State state;

  /// @param inForce the configuration
  /// @param since when it was read
  /// @param successful whether the last try was
  record State(AppConfig inForce, Instant since, boolean successful) {}

  /// Who else takes something up.
  record Told(MetricStore metrics, OnCallSchedules schedules) {}

  /// @param started what everything else was built with
  Reload(AppConfig started, AlertEngine alerts, Told told, Time time, MeterRegistry registry) {
    this.alerts = alerts;
    this.told = told;
    this.time = time;
    this.built = started.built();
    this.components = started.componentIds();
    this.state = new State(started, time.now(), true);
    gauge(registry);
  }

  private void gauge(MeterRegistry registry) {
    Gauge _ =
        Gauge.builder("hinomi.config.last.reload.successful", this, r -> r.state.successful ? 1 : 0)
            .description("Whether the configuration was taken up when that was tried last")
            .register(registry);
    Gauge _ =
        Gauge.builder(
                "hinomi.config.last.reload.success.timestamp.seconds",
                this,
                r -> r.state.since.toEpochMilli() / 1e3)
            .description("When the configuration in force was taken up")
            .register(registry);
  }

  State state() {
    return state;
  }

  /// `POST /-/reload`: 200 when the files are in force, 400 with every mistake when they are not.
  Reply answer() {
    try {
      return Reply.text(200, now());
    } catch (Mistakes.Invalid e) {
      String mistakes = e.mistakes().stream().map(Mistake::shown).collect(Collectors.joining("\n"));
      return Reply.text(
          400, mistakes + "\nthe configuration was not reloaded; the old one stays in force\n");
    } catch (Failure e) {
      return Reply.text(
          e instanceof Unavailable ? 503 : 400,
          e.reason() + "\nthe configuration was not reloaded; the old one stays in force\n");
    }
  }

  /// Reads the files and takes them up.
  ///
  /// @return what is in force now, for people
  /// @throws Mistakes.Invalid with every mistake; nothing has changed
  synchronized String now() {
    try {
      AppConfig fresh = state.inForce.again();
      known(fresh);
      alerts.exchange(fresh.alerting(), fresh.rules(), fresh.routing());
      told.metrics().watch(alerts::looksAt, alerts::samplesArrived);
      alerts.lookAgain();
      told.schedules().replace(fresh.roster());
      return taken(fresh);
    } catch (RuntimeException e) {
      state = new State(state.inForce, state.since, false);
      log.atError()
          .addKeyValue("reason", reason(e))
          .log("configuration not reloaded; the old one stays in force");
      throw e;
    }
  }

  private static String reason(RuntimeException e) {
    if (e instanceof Mistakes.Invalid invalid) {
      int more = invalid.mistakes().size() - 1;
      return invalid.mistakes().getFirst() + (more == 0 ? "" : " and " + more + " more");
    }
    return String.valueOf(e.getMessage());
  }

  private String taken(AppConfig fresh) {
    state = new State(fresh, time.now(), true);
    fresh.lint().tell();
    Set<String> waiting = new TreeSet<>();
    fresh
        .built()
        .forEach((name, part) -> {
          if (!part.equals(built.get(name))) {
            waiting.add(name);
          }
        });
    log.atInfo()
        .addKeyValue("what", fresh.summary())
        .addKeyValue("waitsForRestart", waiting)
        .log("configuration reloaded");
    return "configuration reloaded: "
        + fresh.summary()
        + "\n"
        + (waiting.isEmpty()
            ? ""
            : "changed, and taken up with the next start: " + String.join(", ", waiting) + "\n");
  }

  /// Rules speak about components that exist, and those are built with the start.
  private void known(AppConfig fresh) {
    List<String> unknown =
        fresh.rules().groups().stream()
            .flatMap(group -> group.rules().stream())
            .filter(Rule.Alerting.class::isInstance)
            .map(rule -> ((Rule.Alerting) rule).component())
            .filter(component -> !component.isEmpty() && !components.contains(component))
            .distinct()
            .toList();
    if (!unknown.isEmpty()) {
      throw new BadInput(
          "rules name components that exist only after a restart: " + String.join(", ", unknown));
    }
  }
}
