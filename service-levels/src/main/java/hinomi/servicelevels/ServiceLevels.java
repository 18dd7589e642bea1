package hinomi.servicelevels;

import hinomi.model.Cancel;
import hinomi.model.ComponentStatus;
import hinomi.model.ComponentStatus.Day;
import hinomi.model.ComponentStatus.Tally;
import hinomi.model.Condition;
import hinomi.model.Evidence;
import hinomi.model.Missing;
import hinomi.model.Time;
import hinomi.servicelevels.component.Component;
import hinomi.servicelevels.component.Components;
import hinomi.servicelevels.ledger.Amendment;
import hinomi.servicelevels.ledger.Claim;
import hinomi.servicelevels.ledger.Ledger;
import hinomi.servicelevels.uptime.Course;
import hinomi.servicelevels.uptime.Courses;
import hinomi.servicelevels.uptime.Days;
import hinomi.servicelevels.uptime.Interval;
import hinomi.sql.Database;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The measured condition of every component, now and in the past. Nobody types it in: it follows
/// from evidence by the rule that this package states. Any thread.
///
/// A change is on disk when [#accept] returns. That a condition merely lasts is written every
/// [ServiceLevelsConfig#persistEvery] and on [#close]; a crash makes at most that much of each
/// source's newest claim unknown.
public final class ServiceLevels implements AutoCloseable {
  /// How many days [#at] looks back, today included.
  public static final int DAYS = 90;

  private static final Logger log = LoggerFactory.getLogger(ServiceLevels.class);
  // A day more than is shown on each side, for a zone's days begin up to 14 h beside UTC's.
  private static final Duration REMEMBERED = Duration.ofDays(DAYS + 2L);
  private static final int MAX_REPORTED = 1000;

  private final ServiceLevelsConfig config;
  private final Components components;
  private final Time time;
  private final Ledger ledger;
  private final MeterRegistry registry;
  private final Cancel writing;
  private final Set<String> reported = ConcurrentHashMap.newKeySet(); // unknown components, in log

  private ServiceLevels(
      ServiceLevelsConfig config,
      Components components,
      Ledger ledger,
      Time time,
      MeterRegistry registry) {
    this.config = config;
    this.components = components;
    this.ledger = ledger;
    this.time = time;
    this.registry = registry;
    this.writing =
        time.every(
            config.persistEvery(),
            "service-levels write",
            () -> ledger.write(time.now().minus(REMEMBERED)));
    for (Component component : components.inOrder()) {
      Gauge.builder("hinomi.servicelevels.condition", this, levels -> levels.figure(component.id()))
          .description("1 up, 0 down, -1 unknown")
          .tag("component", component.id())
          .register(registry);
    }
  }

  /// Takes up what the database knows, and goes on from there.
  public static ServiceLevels open(
      ServiceLevelsConfig config,
      Components components,
      Database database,
      Time time,
      MeterRegistry registry) {
    database.migrate("service_levels", "db/service-levels");
    Ledger ledger =
        new Ledger(
            database,
            components.inOrder().stream().map(Component::id).toList(),
            time.now().minus(REMEMBERED));
    return new ServiceLevels(config, components, ledger, time, registry);
  }

  private double figure(String component) {
    return switch (condition(component, time.now())) {
      case UP -> 1;
      case DOWN -> 0;
      case UNKNOWN -> -1;
    };
  }

  /// Takes a measurement in. What cannot be used is counted and not kept: evidence about a
  /// component that is not configured, or older than what the same source said already.
  public void accept(Evidence evidence) {
    switch (ledger.accept(evidence, time.now())) {
      case KEPT -> registry.counter("hinomi.servicelevels.evidence.kept").increment();
      case OLDER -> dropped("older");
      case TOO_MANY_SOURCES -> dropped("too-many-sources");
      case UNKNOWN_COMPONENT -> {
        dropped("unknown-component");
        if (reported.size() < MAX_REPORTED && reported.add(evidence.component())) {
          log.atWarn()
              .addKeyValue("component", evidence.component())
              .addKeyValue("source", evidence.source())
              .log("evidence about a component that is not configured");
        }
      }
    }
  }

  private void dropped(String reason) {
    registry.counter("hinomi.servicelevels.evidence.dropped", "reason", reason).increment();
  }

  /// All components in the order of the tree, with their last [#DAYS] days in the operator's zone.
  public List<ComponentStatus> at(Instant now) {
    Instant to = now.truncatedTo(ChronoUnit.MILLIS);
    Days days = Days.upTo(to, config.zone(), DAYS);
    Courses courses = new Courses(components, ledger, days.from(), to.plusMillis(1));
    return components.inOrder().stream().map(one -> status(one, courses, days)).toList();
  }

  private ComponentStatus status(Component component, Courses courses, Days days) {
    Course course = courses.of(component.id());
    Course.Stretch present = course.last();
    List<Day> byDay = days.of(course);
    return new ComponentStatus(
        component.id(),
        component.parent(),
        component.name(),
        component.description(),
        present.condition(),
        present.from(),
        byDay,
        byDay.stream().map(Day::tally).reduce(Tally.NONE, Tally::plus),
        ledger.claims(component.id(), days.to()).stream().map(ServiceLevels::line).toList());
  }

  /// A claim's detail stays inside: a probe's error may name hosts that are nobody's business.
  private static String line(Claim claim) {
    return claim.source()
        + " "
        + claim.condition().name().toLowerCase(Locale.ROOT)
        + " since "
        + claim.from()
        + ", measured "
        + claim.measured();
  }

  /// What a component was at a time.
  public Condition condition(String component, Instant at) {
    Instant from = at.truncatedTo(ChronoUnit.MILLIS);
    return known(component, from, from.plusMillis(1)).of(component).last().condition();
  }

  /// A component's intervals from `from` to just before `to`, without a gap, each with its
  /// evidence. What lies further back than memory is read from the database.
  public List<Interval> intervals(String component, Instant from, Instant to) {
    return known(component, from, to).intervals(component);
  }

  /// What later measurements changed of a component's published past, oldest first.
  public List<Amendment> amendments(String component) {
    known(component, Instant.EPOCH, Instant.EPOCH);
    return ledger.amendments(component);
  }

  private Courses known(String component, Instant from, Instant to) {
    if (!components.has(component)) {
      throw new Missing("no component \"" + component + "\"");
    }
    return new Courses(components, ledger, from, to);
  }

  @Override
  public void close() {
    writing.cancel();
    ledger.write(time.now().minus(REMEMBERED));
  }
}
