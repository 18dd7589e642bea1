package hinomi.alertengine;

import hinomi.alertengine.chronicle.Chronicle;
import hinomi.alertengine.deliver.AckLinks;
import hinomi.alertengine.deliver.AckTokens;
import hinomi.alertengine.deliver.Courier;
import hinomi.alertengine.deliver.Couriers;
import hinomi.alertengine.deliver.Outbox;
import hinomi.alertengine.deliver.mail.MailWriter;
import hinomi.alertengine.deliver.mail.SmtpConfig;
import hinomi.alertengine.deliver.mail.SmtpCourier;
import hinomi.alertengine.deliver.mailbox.MailboxCourier;
import hinomi.alertengine.deliver.webhook.WebhookCourier;
import hinomi.alertengine.escalate.Pager;
import hinomi.alertengine.evaluate.Arrivals;
import hinomi.alertengine.evaluate.EvaluationTelemetry;
import hinomi.alertengine.evaluate.Events;
import hinomi.alertengine.evaluate.GroupLoop;
import hinomi.alertengine.evaluate.GroupView;
import hinomi.alertengine.evaluate.Lags;
import hinomi.alertengine.evaluate.Restart;
import hinomi.alertengine.evaluate.Surroundings;
import hinomi.alertengine.explain.DecisionRetention;
import hinomi.alertengine.explain.Explainer;
import hinomi.alertengine.external.ExternalAlerts;
import hinomi.alertengine.group.PageGroup;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The alert engine: evaluates rules, keeps the state of alerts, pages people until somebody
/// acknowledges. Any thread. What is told to [#samplesArrived] only makes it look sooner; the
/// samples themselves come from the [Queries].
public final class AlertEngine implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AlertEngine.class);
  private static final int SECRET_BYTES = 32;

  /// How the line of a start tells, after this, when the engine last noted that it was watching.
  public static final String WATCHED_UNTIL = "watched until ";

  private final Deque<AutoCloseable> parts = new ArrayDeque<>(); // the last to start first
  private final AlertJournal journal;
  private final Time time;
  private final AckTokens tokens;
  private final Pager pager;
  private final List<GroupLoop> loops;
  private final Arrivals arrivals;
  private final AlertDesk desk;
  private final Explainer explainer;
  private final boolean live;

  private AlertEngine(
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
    Mutes mutes = mutes(config, routing, ports, silences);
    EvaluationTelemetry telemetry = new EvaluationTelemetry(with.registry(), with.tracer());
    Events events = keep(new Events(ports.listener(), ports.pages(), time, telemetry));
    Chronicle chronicle = new Chronicle(routing.onCall(), events::add);
    Exits exits = new Exits();
    this.pager =
        keep(
            new Pager(
                journal,
                new Pager.Policy(
                    routing.tree(), mutes, new Flaps(config.noise().flapping(), journal)),
                time,
                exits.exits(config, events, chronicle)));
    Outbox outbox =
        keep(
            new Outbox(
                journal.outbox(),
                stage.courier().orElseGet(() -> couriers(config, routing, links(config, ports))),
                pager,
                time,
                new Outbox.Instruments(with.registry(), with.tracer(), chronicle)));
    exits.lead(outbox);
    if (live) {
      journal.transitions().add(started());
    }
    Restart restart = new Restart(journal, pager, events, chronicle, time);
    restart.run(rules);
    ExternalAlerts external = keep(new ExternalAlerts(journal, pager, config.external(), time));
    external.restore(events::add);
    Surroundings surroundings = surroundings(config, ports, telemetry, restart.lastAlive());
    this.loops =
        rules.groups().stream()
            .map(group ->
                keep(new GroupLoop(group, config.interval(), surroundings, restart::alerts)))
            .toList();
    this.arrivals = Arrivals.of(loops, ports.selectors(), surroundings);
    StandingAlerts standing = new StandingAlerts(this::rules, external, ports.console());
    this.desk =
        new AlertDesk(
            standing,
            external,
            silences,
            routing.tree().root(),
            pager::muting,
            journal,
            time,
            time.now());
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
        new Explainer.Knowledge(pager::muted, this::pendingSince));
  }

  private void begin(AlertEngineConfig config, Restart restart) {
    loops.forEach(GroupLoop::start);
    keep(DecisionRetention.start(journal.decisions(), config.decisionsRetention(), time));
    keep(restart.keepAlive(loops));
    keep(restart.prune());
  }

  /// Takes up what the last run left, and begins to evaluate.
  public static AlertEngine start(
      AlertEngineConfig config,
      AlertRules rules,
      AlertRouting routing,
      AlertPorts ports,
      AlertSurroundings with) {
    AlertEngine engine =
        new AlertEngine(config, rules, routing, ports, new Stage(with, Optional.empty()));
    routing.notes().forEach(note -> log.atWarn().addKeyValue("place", note).log("has no effect"));
    log.atInfo()
        .addKeyValue("groups", rules.groups().size())
        .addKeyValue("rules", rules.groups().stream().mapToInt(g -> g.rules().size()).sum())
        .addKeyValue("people", routing.onCall().people().size())
        .log("alert engine started");
    return engine;
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
        config, rules, routing, ports, new Stage(replay.with(), Optional.of(replay.courier())));
  }

  /// What a replay gives an engine instead of the world.
  public record Replay(AlertSurroundings with, Courier courier) {}

  /// @param courier of a replay; live there is none, for the configuration names them
  private record Stage(AlertSurroundings with, Optional<Courier> courier) {}

  private Transition started() {
    return Transition.engine(
        time.now().truncatedTo(ChronoUnit.MILLIS),
        journal.transitions().lastState(),
        "running",
        journal.lastAlive().map(alive -> WATCHED_UNTIL + alive).orElse(""));
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

  private Couriers couriers(AlertEngineConfig config, AlertRouting routing, AckLinks links) {
    SmtpConfig own = config.delivery().smtp();
    SmtpConfig smtp = own.host().isEmpty() ? routing.smtp().stream().findFirst().orElse(own) : own;
    MailWriter writer = new MailWriter(routing.onCall(), smtp.from(), links);
    Map<String, Channel> channels = new HashMap<>(routing.onCall().channels());
    channels.putAll(routing.hooks());
    config.delivery().webhook().forEach(channel -> channels.put(channel.id(), channel));
    WebhookCourier webhooks = keep(new WebhookCourier(channels, links));
    boolean mailbox = smtp.host().isEmpty();
    if (mailbox) {
      log.atWarn()
          .addKeyValue("folder", config.delivery().mailbox())
          .log("no mail server is configured (delivery.smtp.host): mails land in a local mailbox");
    }
    Courier mails =
        mailbox
            ? new MailboxCourier(config.delivery().mailbox(), writer)
            : new SmtpCourier(smtp, writer);
    return new Couriers(
        Map.of(
            "person",
            mails,
            Couriers.MAIL,
            mails,
            "channel",
            webhooks,
            Couriers.WEBHOOK,
            webhooks,
            Couriers.HOOK,
            webhooks));
  }

  /// The pager writes into the outbox, and the outbox asks the pager: this is the one knot.
  private static final class Exits {
    private final List<Outbox> outbox = new ArrayList<>();

    Pager.Exits exits(AlertEngineConfig config, Events events, Chronicle chronicle) {
      return new Pager.Exits(
          config.delivery().webhook().stream().map(Channel::id).toList(),
          events::add,
          chronicle,
          () -> outbox.forEach(Outbox::wake),
          delivery -> outbox.forEach(box -> box.sendUnrecorded(delivery)));
    }

    void lead(Outbox to) {
      outbox.add(to);
    }
  }

  /// Whether some rule looks at a metric, so that its samples are worth telling.
  public boolean looksAt(String metric) {
    return arrivals.matter(metric);
  }

  /// Samples have been stored: groups whose rules look at them are evaluated within a second.
  /// Returns at once.
  ///
  /// @param newest by metric, the newest timestamp, milliseconds since the epoch
  public void samplesArrived(Map<String, Long> newest) {
    arrivals.stored(newest);
  }

  /// Evaluates a group as of a time, on the caller's thread: in a replay.
  ///
  /// @param group its place among all groups
  public void look(int group, Instant at) {
    loops.get(group).evaluate(at);
  }

  /// Evaluates one rule as of a time, likewise; an id that is no rule's is none.
  public void look(String ruleId, Instant at) {
    loops.forEach(loop -> loop.evaluate(ruleId, at));
  }

  /// Whether no rule of a group has an alert or an error.
  ///
  /// @param group its place among all groups
  public boolean isIdle(int group) {
    return loops.get(group).isIdle();
  }

  /// The groups of rules as their last evaluations left them, in file order.
  public List<GroupView> rules() {
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

  /// Why alerts were told, and why not.
  public Explainer explainer() {
    return explainer;
  }

  /// Stops the climb of an open group.
  ///
  /// @param by who takes it on
  public PageGroup acknowledge(String groupId, String by, String note) {
    return pager.acknowledge(groupId, -1, by, note);
  }

  /// Stops the climb by a link that was sent.
  public PageGroup acknowledge(AckTokens.Claim claim, String note) {
    return pager.acknowledge(claim.groupId(), claim.round(), who(claim), note);
  }

  /// Who a link was sent to, by name.
  public String who(AckTokens.Claim claim) {
    return nameOf(claim.who());
  }

  /// What people call a target of deliveries: of `person:ID` the name, of `channel:ID` the id.
  public String nameOf(String target) {
    return pager.onCall().nameOf(target);
  }

  public AckTokens.Claim claim(String token) {
    return tokens.verify(token, time.now());
  }

  /// For the APIs about alerts and silences.
  public AlertDesk desk() {
    return desk;
  }

  /// What is open and what was, with deliveries.
  public AlertJournal journal() {
    return journal;
  }

  /// Stops evaluating and sending; what is due stays in the database for the next start.
  @Override
  public void close() {
    for (AutoCloseable part : parts) {
      try {
        part.close();
      } catch (Exception e) {
        log.atError().addKeyValue("part", part.getClass()).setCause(e).log("cannot close");
      }
    }
    if (live) {
      noteStop();
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
