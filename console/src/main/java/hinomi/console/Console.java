package hinomi.console;

import hinomi.model.BadInput;
import hinomi.model.Failure;
import hinomi.model.Incident;
import hinomi.model.Time;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the pages ask and do. Any thread; blocks as its ports do. Nothing is kept between requests.
public final class Console {
  private static final Logger log = LoggerFactory.getLogger(Console.class);
  private static final int INCIDENTS = 50;
  private static final int CLOSED_GROUPS = 50;

  private final ConsolePorts ports;
  private final ConsoleConfig config;
  private final Time time;
  private final MeterRegistry registry;

  public Console(ConsolePorts ports, ConsoleConfig config, Time time, MeterRegistry registry) {
    this.ports = ports;
    this.config = config;
    this.time = time;
    this.registry = registry;
  }

  public ConsolePorts ports() {
    return ports;
  }

  public ConsoleConfig config() {
    return config;
  }

  public Instant now() {
    return time.now();
  }

  /// Everything now. Each part is asked on its own: one that fails hides nothing of the others.
  public Overview overview() {
    Instant now = time.now();
    return new Overview(
        now,
        read("alerts", () -> worstFirst(ports.alerts().newest().newest(0))),
        read(
            "incidents",
            () ->
                ports.incidents().newest().newest(INCIDENTS).stream()
                    .filter(Incident::open)
                    .toList()),
        read("components", () -> ports.data().components().at(now)),
        read("hosts", () -> ports.data().hosts().at(now)));
  }

  /// What fires and what is about to, and who watches; each part asked on its own.
  public AlertBoard board(AlertBoard.Filter filter) {
    Instant now = time.now();
    ConsolePorts.Watching watching = ports.watching();
    return new AlertBoard(
        now,
        read(
            "live alerts",
            () ->
                AlertBoard.select(
                    watching.alerts().now(),
                    filter,
                    alerts -> read("holds", () -> watching.holds().over(alerts)))),
        read("rules", () -> AlertBoard.Watch.of(watching.rules().all(), now)),
        read("alerts", () -> ports.alerts().newest().newest(CLOSED_GROUPS)));
  }

  /// What nobody has taken on first, then what wakes people, then the newest.
  private static List<AlertGroup> worstFirst(List<AlertGroup> groups) {
    return groups.stream()
        .filter(group -> group.state() != AlertGroup.State.RESOLVED)
        .sorted(
            Comparator.comparing(AlertGroup::state)
                .thenComparing(AlertGroup::page, Comparator.reverseOrder())
                .thenComparing(AlertGroup::openedAt, Comparator.reverseOrder()))
        .toList();
  }

  /// Asks a port; a failure of it is an answer too. Our own mistakes are logged and shown as such,
  /// for the rest of the page must stand even then.
  public <T> Reading<T> read(String part, Supplier<T> port) {
    try {
      return new Reading.Known<>(port.get());
    } catch (Failure e) {
      registry.counter("hinomi.console.unreadable", "part", part).increment();
      return new Reading.Unreadable<>(
          e.words(), e instanceof BadInput bad ? bad.offset() : BadInput.NOWHERE);
    } catch (RuntimeException e) {
      registry.counter("hinomi.console.unreadable", "part", part).increment();
      log.atError().addKeyValue("part", part).setCause(e).log("a part of a page failed");
      return new Reading.Unreadable<>(
          "internal error; the server's log has the cause", BadInput.NOWHERE);
    }
  }

  /// Counts what people did: `acknowledge`, `silence`, `end silence`, `update`, `note`,
  /// `postmortem`, `publish`; `refused` for what came from a foreign page.
  public void did(String action) {
    registry.counter("hinomi.console.actions", "action", action).increment();
  }
}
