package hinomi.alertengine;

import hinomi.alertengine.chronicle.Chronicle;
import hinomi.alertengine.deliver.AckLinks;
import hinomi.alertengine.deliver.AckTokens;
import hinomi.alertengine.deliver.Courier;
import hinomi.alertengine.deliver.Outbox;
import hinomi.alertengine.escalate.Exits;
import hinomi.alertengine.escalate.Pager;
import hinomi.alertengine.evaluate.Arrivals;
import hinomi.alertengine.evaluate.EvaluationTelemetry;
import hinomi.alertengine.evaluate.Events;
import hinomi.alertengine.evaluate.GroupLoop;
import hinomi.alertengine.evaluate.GroupView;
import hinomi.alertengine.evaluate.Inheritance;
import hinomi.alertengine.evaluate.Lags;
import hinomi.alertengine.evaluate.Restart;
import hinomi.alertengine.evaluate.Surroundings;
import hinomi.alertengine.explain.DecisionRetention;
import hinomi.alertengine.explain.Explainer;
import hinomi.alertengine.external.ExternalAlerts;
import hinomi.alertengine.external.ExternalConfig;
import hinomi.alertengine.journal.AlertJournal;
import hinomi.alertengine.mute.Causes;
import hinomi.alertengine.mute.Inhibitions;
import hinomi.alertengine.mute.Mutes;
import hinomi.alertengine.noise.Flaps;
import hinomi.alertengine.oncall.Channel;
import hinomi.alertengine.rule.AlertRules;
import hinomi.alertengine.silence.SilenceBook;
import hinomi.alertengine.silence.SilencePorts;
import hinomi.alertengine.standing.StandingAlerts;
import hinomi.alertengine.state.Alert;
import hinomi.alertengine.state.Transition;
import hinomi.alertengine.storm.Gate;
import hinomi.model.Labels;
import hinomi.model.Time;
import hinomi.model.Unavailable;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The engine as one configuration has it, from its start to its end. Whatever it knows that
/// matters is in the records; what else the next one likes to know of it is its [Inheritance].
final class EngineRun implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EngineRun.class);
  private static final int SECRET_BYTES = 32;

  private final Deque<AutoCloseable> parts = new ArrayDeque<>(); // the last to start first
  private final AlertJournal journal;
  private final Time time;
  private final AckTokens tokens;
  private final Pager pager;
  private final List<GroupLoop> loops;
  private final Arrivals arrivals;
  private final AlertDesk desk;
  private final Explainer explainer;
  private final Outlets outlets;
  private final Outbox outbox;
  private final boolean live;

  /// What it is started in.
  ///
  /// @param courier of a replay; live there is none, for the configuration names them
  /// @param former what the run before it left, if it was in the same process
  /// @param startedAt since when there is an engine in this process
  record Stage(
      AlertSurroundings with, Optional<Courier> courier, Inheritance former, Instant startedAt) {}

  /// Takes up what the last run left, and begins to evaluate.
  EngineRun(
      AlertEngineConfig config,
      AlertRules rules,
      AlertRouting routing,
      AlertPorts ports,
      Stage stage) {
    AlertSurroundings with = stage.with();
    this.live = stage.courier().isEmpty();
    this.time = with.time();
    this.journal = new AlertJournal(with.database());
    this.tokens = new AckTokens(journal.fact("acknowledgement-key", freshSecret()));
    SilenceBook silences =
        keep(new SilenceBook(journal, config.silences(), routing.onCall(), time));
    EvaluationTelemetry telemetry = new EvaluationTelemetry(with.registry(), with.tracer());
    Events events = keep(new Events(ports.listener(), ports.pages(), time, telemetry));
    Chronicle chronicle = new Chronicle(routing.onCall(), events::add);
    Knot knot = new Knot();
    this.pager =
        keep(
            new Pager(
                journal,
                policy(config, routing, mutes(config, routing, ports, silences), with),
                time,
                knot.exits(config, events, chronicle)));
    this.outlets =
        stage
            .courier()
            .map(Outlets::of)
            .orElseGet(() -> Outlets.of(config, routing, links(config, ports)));
    this.outbox =
        keep(
            new Outbox(
                journal.outbox(),
                outlets.courier(),
                pager,
                time,
                new Outbox.Instruments(with.registry(), with.tracer(), chronicle)));
    knot.lead(outbox);
    Restart restart = restarted(stage, rules, events, chronicle);
    ExternalAlerts external = keep(external(config, routing));
    external.restore(events::add);
    Surroundings surroundings = surroundings(config, ports, telemetry, restart.lastAlive());
    this.loops =
        rules.groups().stream()
            .map(group ->
                keep(new GroupLoop(group, config.interval(), surroundings, restart::alerts)))
            .toList();
    stage.former().passOn(loops, surroundings);
    this.arrivals = Arrivals.of(loops, ports.selectors(), surroundings);
    StandingAlerts standing = new StandingAlerts(this::rules, external, ports.console());
    this.desk =
        new AlertDesk(
            standing,
            external,
            silences,
            routing.tree().root(),
            pager.outlook()::muting,
            journal,
            time,
            stage.startedAt());
    silences.start(
        new SilencePorts(
            standing::labels,
            changed -> pager.reconsider(SilenceBook.anyFits(changed)),
            outbox::wake));
    this.explainer = explainer(routing);
    if (live) {
      begin(config, restart);
    }
  }

  private Restart restarted(Stage stage, AlertRules rules, Events events, Chronicle chronicle) {
    if (live) {
      journal.transitions().add(started(stage.former()));
    }
    Restart restart = new Restart(journal, pager, events, chronicle, time);
    if (stage.former().equals(Inheritance.NONE)) {
      journal.outbox().release(time.now());
      restart.run(rules);
    } else {
      restart.goOn(rules);
    }
    return restart;
  }

  private Pager.Policy policy(
      AlertEngineConfig config, AlertRouting routing, Mutes mutes, AlertSurroundings with) {
    return new Pager.Policy(
        routing.tree(),
        mutes,
        new Flaps(config.noise().flapping(), journal),
        new Gate(config.noise().storm(), routing.onCall(), journal, with.registry()));
  }

  private ExternalAlerts external(AlertEngineConfig config, AlertRouting routing) {
    ExternalConfig terms = config.external().orElse(routing.resolveTimeout());
    return new ExternalAlerts(journal, pager, terms, time);
  }

  private static Mutes mutes(
      AlertEngineConfig config, AlertRouting routing, AlertPorts ports, SilenceBook silences) {
    return new Mutes(
        routing.hours(),
        new Inhibitions(routing.inhibitRules()),
        new Causes(ports.topology(), config.noise().topologyMaxHold()),
        routing.maintenances(),
        silences);
  }

  private Surroundings surroundings(
      AlertEngineConfig config,
      AlertPorts ports,
      EvaluationTelemetry telemetry,
      Instant lastAlive) {
    return new Surroundings(
        ports,
        pager::commit,
        time,
        telemetry,
        config.holdWithoutData(),
        Labels.EMPTY,
        new Lags(),
        lastAlive);
  }

  private Explainer explainer(AlertRouting routing) {
    return new Explainer(
        journal,
        routing.tree(),
        routing.hours(),
        new Explainer.Knowledge(pager.outlook()::muted, this::pendingSince));
  }

  private void begin(AlertEngineConfig config, Restart restart) {
    loops.forEach(GroupLoop::start);
    keep(DecisionRetention.start(journal.decisions(), config.decisionsRetention(), time));
    keep(restart.keepAlive(loops));
    keep(restart.prune());
  }

  private Transition started(Inheritance former) {
    return Transition.engine(
        time.now().truncatedTo(ChronoUnit.MILLIS),
        journal.transitions().lastState(),
        "running",
        former.equals(Inheritance.NONE)
            ? journal.lastAlive().map(alive -> AlertEngine.WATCHED_UNTIL + alive).orElse("")
            : "configuration reloaded");
  }

  private <T extends AutoCloseable> T keep(T part) {
    parts.push(part);
    return part;
  }

  private static String freshSecret() {
    byte[] secret = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    return Base64.getEncoder().encodeToString(secret);
  }

  private AckLinks links(AlertEngineConfig config, AlertPorts ports) {
    return new AckLinks(
        tokens, config.externalUrl().isEmpty() ? ports.console() : config::externalUrl);
  }

  /// The pager writes into the outbox, and the outbox asks the pager: this is the one knot.
  private static final class Knot {
    private final List<Outbox> outbox = new ArrayList<>();

    Exits exits(AlertEngineConfig config, Events events, Chronicle chronicle) {
      return new Exits(
          config.delivery().webhook().stream().map(Channel::id).toList(),
          events::add,
          chronicle,
          deliveries -> outbox.getFirst().handOver(deliveries),
          () -> outbox.forEach(Outbox::wake),
          delivery -> outbox.forEach(box -> box.sendUnrecorded(delivery)));
    }

    void lead(Outbox to) {
      outbox.add(to);
    }
  }

  Arrivals arrivals() {
    return arrivals;
  }

  List<GroupLoop> loops() {
    return loops;
  }

  List<GroupView> rules() {
    return loops.stream().map(GroupLoop::view).toList();
  }

  private Optional<Instant> pendingSince(Labels alert) {
    return rules().stream()
        .flatMap(group -> group.rules().stream())
        .flatMap(rule -> rule.alerts().stream())
        .filter(known -> known.labels().equals(alert))
        .filter(known -> known.phase() == Alert.Phase.PENDING)
        .map(Alert::activeAt)
        .findFirst();
  }

  Explainer explainer() {
    return explainer;
  }

  Pager pager() {
    return pager;
  }

  AckTokens tokens() {
    return tokens;
  }

  AlertDesk desk() {
    return desk;
  }

  AlertJournal journal() {
    return journal;
  }

  /// Decides nothing more: whoever asks for a change gets an [Unavailable]. What is being sent goes
  /// on until [#settle].
  ///
  /// @throws Unavailable when the records fail; then it goes on as it was
  Inheritance retire() {
    journal.alive(time.now());
    parts.forEach(EngineRun::close);
    return Inheritance.of(loops);
  }

  /// Waits for what was being sent when it retired.
  void settle() {
    outbox.awaitIdle();
    close(outlets);
  }

  /// Messages of others may be due.
  void wake() {
    outbox.wake();
  }

  /// Stops evaluating and sending; what is due stays in the database for the next start.
  @Override
  public void close() {
    parts.forEach(EngineRun::close);
    close(outlets);
    if (live) {
      noteStop();
    }
  }

  private static void close(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      log.atError().addKeyValue("part", part.getClass()).setCause(e).log("cannot close");
    }
  }

  private void noteStop() {
    try {
      journal
          .transitions()
          .add(
              Transition.engine(
                  time.now().truncatedTo(ChronoUnit.MILLIS), "running", "stopped", ""));
    } catch (Unavailable e) {
      log.atWarn().addKeyValue("reason", e.reason()).log("the transition log misses this stop");
    }
  }
}
