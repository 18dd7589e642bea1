package hinomi.alertengine;

import hinomi.alertengine.deliver.AckTokens;
import hinomi.alertengine.deliver.Courier;
import hinomi.alertengine.evaluate.GroupView;
import hinomi.alertengine.evaluate.Inheritance;
import hinomi.alertengine.explain.Explainer;
import hinomi.alertengine.group.PageGroup;
import hinomi.alertengine.journal.AlertJournal;
import hinomi.alertengine.rule.AlertRules;
import hinomi.model.Cancel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The alert engine: evaluates rules, keeps the state of alerts, pages people until somebody
/// acknowledges. Any thread. What is told to [#samplesArrived] only makes it look sooner; the
/// samples themselves come from the [Queries].
///
/// Its configuration can be exchanged while it runs: the run that has the old one retires, and one
/// with the new takes over from the records, as after a restart, but nothing was missed.
public final class AlertEngine implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AlertEngine.class);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  /// How the line of a start tells, after this, when the engine last noted that it was watching.
  public static final String WATCHED_UNTIL = "watched until ";

  private final AlertPorts ports;
  private final AlertSurroundings with;
  private final Optional<Courier> courier;
  private final Instant startedAt;
  private final ReentrantLock exchanging = new ReentrantLock();
  private Settings settings; // under the lock
  private volatile EngineRun run;
  private volatile boolean closed;

  private record Settings(AlertEngineConfig config, AlertRules rules, AlertRouting routing) {}

  private AlertEngine(
      Settings settings, AlertPorts ports, AlertSurroundings with, Optional<Courier> courier) {
    this.ports = ports;
    this.with = with;
    this.courier = courier;
    this.startedAt = with.time().now();
    this.settings = settings;
    this.run = begun(settings, Inheritance.NONE);
  }

  private EngineRun begun(Settings with, Inheritance former) {
    return new EngineRun(
        with.config(),
        with.rules(),
        with.routing(),
        ports,
        new EngineRun.Stage(this.with, courier, former, startedAt));
  }

  /// Takes up what the last run left, and begins to evaluate.
  public static AlertEngine start(
      AlertEngineConfig config,
      AlertRules rules,
      AlertRouting routing,
      AlertPorts ports,
      AlertSurroundings with) {
    Settings settings = new Settings(config, rules, routing);
    AlertEngine engine = new AlertEngine(settings, ports, with, Optional.empty());
    told(settings, "alert engine started");
    return engine;
  }

  private static void told(Settings settings, String what) {
    settings
        .routing()
        .notes()
        .forEach(note -> log.atWarn().addKeyValue("place", note).log("has no effect"));
    log.atInfo()
        .addKeyValue("groups", settings.rules().groups().size())
        .addKeyValue(
            "rules", settings.rules().groups().stream().mapToInt(g -> g.rules().size()).sum())
        .addKeyValue("people", settings.routing().onCall().people().size())
        .log(what);
  }

  /// The same engine for a replay, in a time that the caller moves: it looks when [#look] says so
  /// and hands all messages to a courier of the replay's own.
  public static AlertEngine replay(
      AlertEngineConfig config,
      AlertRules rules,
      AlertRouting routing,
      AlertPorts ports,
      Replay replay) {
    return new AlertEngine(
        new Settings(config, rules, routing), ports, replay.with(), Optional.of(replay.courier()));
  }

  /// What a replay gives an engine instead of the world.
  public record Replay(AlertSurroundings with, Courier courier) {}

  /// Goes on with another configuration. Alerts of rules that are in both keep their state and
  /// their time, and so does what was told; those of rules that are gone are over. A rule is known
  /// by its file, group and name, and of several by its labels. Returns when the new one is in
  /// force; if it cannot be, the old one is, and the failure is thrown.
  ///
  /// Who tells of samples has to ask anew which matter; [#lookAgain] then makes up for what came in
  /// between.
  public void exchange(AlertEngineConfig config, AlertRules rules, AlertRouting routing) {
    Settings fresh = new Settings(config, rules, routing);
    exchanging.lock();
    try {
      EngineRun before = run;
      Inheritance left = before.retire();
      try {
        run = begun(fresh, left);
        settings = fresh;
      } catch (RuntimeException e) {
        goOn(left);
        throw e;
      }
      Cancel _ =
          with.time()
              .at(
                  with.time().now(),
                  "deliveries of before",
                  () -> {
                    before.settle();
                    run.wake();
                  });
    } finally {
      exchanging.unlock();
    }
    told(fresh, "alert engine goes on with another configuration");
  }

  /// With the old configuration, for the new one could not be begun.
  private void goOn(Inheritance left) {
    exchanging.lock();
    try {
      if (!closed) {
        run = begun(settings, left);
      }
    } catch (RuntimeException e) {
      log.atError().setCause(e).log("alert engine cannot go on; it tries again");
      Cancel _ =
          with.time().at(with.time().now().plus(AFTER_FAILURE), "alert engine", () -> goOn(left));
    } finally {
      exchanging.unlock();
    }
  }

  /// Every rule is looked at once, besides its slots, as soon as there is room for it.
  public void lookAgain() {
    run.arrivals().all();
  }

  /// Whether some rule looks at a metric, so that its samples are worth telling.
  public boolean looksAt(String metric) {
    return run.arrivals().matter(metric);
  }

  /// Samples have been stored: groups whose rules look at them are evaluated within a second.
  /// Returns at once.
  ///
  /// @param newest by metric, the newest timestamp, milliseconds since the epoch
  public void samplesArrived(Map<String, Long> newest) {
    run.arrivals().stored(newest);
  }

  /// Evaluates a group as of a time, on the caller's thread: in a replay.
  ///
  /// @param group its place among all groups
  public void look(int group, Instant at) {
    run.loops().get(group).evaluate(at);
  }

  /// Evaluates one rule as of a time, likewise; an id that is no rule's is none.
  public void look(String ruleId, Instant at) {
    run.loops().forEach(loop -> loop.evaluate(ruleId, at));
  }

  /// Whether no rule of a group has an alert or an error.
  ///
  /// @param group its place among all groups
  public boolean isIdle(int group) {
    return run.loops().get(group).isIdle();
  }

  /// The groups of rules as their last evaluations left them, in file order.
  public List<GroupView> rules() {
    return run.rules();
  }

  /// Why alerts were told, and why not.
  public Explainer explainer() {
    return run.explainer();
  }

  /// Stops the climb of an open group.
  ///
  /// @param by who takes it on
  public PageGroup acknowledge(String groupId, String by, String note) {
    return run.pager().acknowledge(groupId, -1, by, note);
  }

  /// Stops the climb by a link that was sent.
  public PageGroup acknowledge(AckTokens.Claim claim, String note) {
    return run.pager().acknowledge(claim.groupId(), claim.round(), who(claim), note);
  }

  /// Who a link was sent to, by name.
  public String who(AckTokens.Claim claim) {
    return nameOf(claim.who());
  }

  /// What people call a target of deliveries: of `person:ID` the name, of `channel:ID` the id.
  public String nameOf(String target) {
    return run.pager().outlook().onCall().nameOf(target);
  }

  public AckTokens.Claim claim(String token) {
    return run.tokens().verify(token, with.time().now());
  }

  /// For the APIs about alerts and silences; asked anew each time, as it is that of the
  /// configuration in force.
  public AlertDesk desk() {
    return run.desk();
  }

  /// What is open and what was, with deliveries.
  public AlertJournal journal() {
    return run.journal();
  }

  /// Stops evaluating and sending; what is due stays in the database for the next start.
  @Override
  public void close() {
    exchanging.lock();
    try {
      closed = true;
      run.close();
    } finally {
      exchanging.unlock();
    }
  }
}
