package hinomi.alertengine.evaluate;

import hinomi.alertengine.escalate.Changes;
import hinomi.alertengine.group.Member;
import hinomi.alertengine.group.PageGroup;
import hinomi.alertengine.journal.StoredAlert;
import hinomi.alertengine.rule.Rule;
import hinomi.alertengine.rule.RuleGroup;
import hinomi.alertengine.rule.Watch;
import hinomi.alertengine.state.Alert;
import hinomi.alertengine.state.AlertStates;
import hinomi.alertengine.state.AlertStates.Outcome;
import hinomi.alertengine.state.Change;
import hinomi.alertengine.state.Finding;
import hinomi.alertengine.state.RuleStates;
import hinomi.model.AlertEvent;
import hinomi.model.Failure;
import hinomi.model.Labels;
import io.opentelemetry.api.trace.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Evaluates one alerting rule: [Inquiry], [RuleStates], one transaction for state and pages, from
/// which the events follow, then evidence and samples. If the transaction fails, nothing has
/// happened and the next evaluation finds the same.
final class AlertingRun implements RuleRun {
  private static final Logger log = LoggerFactory.getLogger(AlertingRun.class);

  private final Rule.Alerting rule;
  private final RuleStates states;
  private final Surroundings with;
  private final Inquiry inquiry;
  private final Set<String> lateMetrics;
  private final RuleEvidence evidence;
  private final AlertSamples samples = new AlertSamples();
  private Map<Labels, Alert> alerts;
  private Duration asked = Duration.ZERO; // by the thread that evaluates
  private volatile RuleView view;

  AlertingRun(Rule.Alerting rule, RuleGroup group, Surroundings with, List<Alert> restored) {
    this.rule = rule;
    this.with = with;
    this.states =
        new RuleStates(rule.watch(), rule.holdFor(), rule.keepFiringFor(), with.maxHold());
    this.inquiry = new Inquiry(rule, group.limit(), states, with);
    this.lateMetrics = rule.watch().equals(Watch.PLAIN) ? Set.of() : with.ports().metricNames(rule);
    this.evidence = new RuleEvidence(rule, group.name(), with.ports().evidence());
    Map<Labels, Alert> known = new LinkedHashMap<>();
    restored.forEach(alert -> known.put(alert.labels(), alert));
    this.alerts = known;
    this.view = new RuleView(rule, restored, "", Instant.EPOCH, Duration.ZERO);
  }

  @Override
  public Duration asked() {
    return asked;
  }

  @Override
  public Set<String> waitsFor() {
    return lateMetrics;
  }

  RuleEvidence evidence() {
    return evidence;
  }

  @Override
  public void evaluate(Moment moment) {
    long started = with.time().nanos();
    Instant startedAt = with.time().now();
    Inquiry.Found found = inquiry.ask(alerts, moment);
    asked = Duration.ofNanos(with.time().nanos() - started);
    try {
      if (found.finding() instanceof Finding.Failed failed) {
        failed(moment, failed, startedAt);
        view(moment, failed.reason(), started);
        return;
      }
      Duration lag = with.lags().of(lateMetrics, moment.at());
      Outcome outcome = states.judge(alerts, found.finding(), moment.at(), lag);
      Steps log = new Steps(rule.id(), moment.at(), alerts, found.finding());
      if (!outcome.steps().isEmpty()) { // else nothing is written, and nobody waited for
        commit(changes(outcome, moment, log), moment, startedAt);
      }
      alerts = outcome.after();
      say(found, moment);
      view(moment, "", started);
      with.store(samples.at(rule.name(), alerts.values(), moment.queryAt()));
    } catch (Failure e) {
      told(e.reason());
      evidence.failed(moment.at(), e.reason());
      view(moment, e.reason(), started);
    }
  }

  private void told(String reason) {
    with.telemetry().failed(rule);
    if (view.error().isEmpty()) {
      log.atWarn()
          .addKeyValue("rule", rule.id())
          .addKeyValue("reason", reason)
          .log("rule evaluation fails");
    }
  }

  /// A failure resolves nothing; a rule that says what to do about one changes its own alerts.
  private void failed(Moment moment, Finding.Failed failed, Instant startedAt) {
    told(failed.reason());
    evidence.failed(moment.at(), failed.reason());
    if (rule.watch().error().action() != Watch.Action.HOLD) {
      Outcome outcome = states.judge(alerts, failed, moment.at(), Duration.ZERO);
      Steps log = new Steps(rule.id(), moment.at(), alerts, failed);
      commit(changes(outcome, moment, log), moment, startedAt);
      alerts = outcome.after();
      with.store(samples.at(rule.name(), alerts.values(), moment.queryAt()));
    }
  }

  private void say(Inquiry.Found found, Moment moment) {
    switch (found.finding()) {
      case Finding.Answered answered -> {
        Map<Labels, Alert> breaches = new LinkedHashMap<>(alerts);
        breaches.keySet().removeIf(labels -> !states.isBreach(labels));
        evidence.judged(
            breaches,
            new RuleEvidence.Seen(
                answered.elements().keySet(), answered.silent().keySet(), found.sight()::hasData),
            moment.at());
      }
      case Finding.Outside outside -> evidence.failed(moment.at(), outside.reason());
      case Finding.Failed failed -> evidence.failed(moment.at(), failed.reason());
    }
  }

  @Override
  public void failed(Moment moment, String error) {
    with.telemetry().failed(rule);
    evidence.failed(moment.at(), error);
    view(moment, error, with.time().nanos());
  }

  private void view(Moment moment, String error, long started) {
    List<Alert> shown =
        alerts.values().stream().filter(a -> a.phase() != Alert.Phase.RESOLVED).toList();
    Duration took = Duration.ofNanos(with.time().nanos() - started);
    view = new RuleView(rule, shown, error, moment.at(), took);
  }

  private void commit(Changes changes, Moment moment, Instant startedAt) {
    if (changes.told().isEmpty()) {
      with.changes().commit(changes);
      return;
    }
    Instant judgedAt = with.time().now();
    Span span = with.telemetry().begin(rule, moment, startedAt);
    with.telemetry().stage("evaluate", span, startedAt, judgedAt);
    try {
      with.changes().commit(changes.traced(EvaluationTelemetry.traceparent(span)));
      with.telemetry().stage("record", span, judgedAt, with.time().now());
    } finally {
      span.end(with.time().now());
    }
  }

  private Changes changes(Outcome outcome, Moment moment, Steps log) {
    List<StoredAlert> stored = new ArrayList<>();
    List<StoredAlert> forgotten = new ArrayList<>();
    List<Member> told = new ArrayList<>();
    // By labels: the order of an expression's elements is nobody's promise, that of the log is
    // ours.
    List<AlertStates.Step> steps =
        outcome.steps().stream()
            .sorted(Comparator.comparing(step -> step.alert().labels()))
            .toList();
    for (AlertStates.Step step : steps) {
      StoredAlert alert = new StoredAlert(rule.id(), step.alert(), log.of(step));
      switch (step.change()) {
        case DROPPED, FORGOTTEN -> forgotten.add(alert);
        case STARTED, KEPT -> stored.add(alert);
        case FIRED, RESOLVED -> {
          stored.add(alert);
          told.add(Member.of(rule.id(), rule.expression(), step.alert()));
        }
        case WITHDRAWN -> {
          stored.add(alert);
          told.add(Member.of(rule.id(), rule.expression(), step.alert().resolved(moment.at())));
        }
      }
    }
    return new Changes(
        stored,
        forgotten,
        told,
        events(outcome, moment.at()),
        new PageGroup.Origin(moment.arrivedAt(), ""));
  }

  private static List<AlertEvent> events(Outcome outcome, Instant at) {
    List<AlertEvent> events = new ArrayList<>();
    for (AlertStates.Step step : outcome.steps()) {
      if (step.change() == Change.FIRED) {
        events.add(event(step.alert(), AlertEvent.State.FIRING, at));
      } else if (step.change() == Change.RESOLVED || step.change() == Change.WITHDRAWN) {
        events.add(event(step.alert(), AlertEvent.State.RESOLVED, at));
      }
    }
    return events;
  }

  static AlertEvent event(Alert alert, AlertEvent.State state, Instant at) {
    return new AlertEvent(
        alert.fingerprint(),
        alert.labels(),
        alert.annotations(),
        state,
        alert.activeAt(),
        at,
        alert.value());
  }

  @Override
  public Set<Labels> series() {
    return samples.series();
  }

  @Override
  public void inherit(Inheritance.Left left) {
    samples.inherit(left.series());
    view = left.view().of(rule, view.alerts());
  }

  @Override
  public RuleView view() {
    return view;
  }
}
