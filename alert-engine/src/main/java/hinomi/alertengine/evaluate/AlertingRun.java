package hinomi.alertengine.evaluate;

import hinomi.alertengine.escalate.Pager;
import hinomi.alertengine.group.Member;
import hinomi.alertengine.group.PageGroup;
import hinomi.alertengine.journal.StoredAlert;
import hinomi.alertengine.rule.Rule;
import hinomi.alertengine.rule.RuleGroup;
import hinomi.alertengine.state.Alert;
import hinomi.alertengine.state.AlertStates;
import hinomi.alertengine.state.Change;
import hinomi.alertengine.template.Template;
import hinomi.model.AlertEvent;
import hinomi.model.BadInput;
import hinomi.model.Failure;
import hinomi.model.Labels;
import hinomi.model.Sample;
import io.opentelemetry.api.trace.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Evaluates one alerting rule: query, state machine, one transaction for state and pages, from
/// which the events follow, then evidence and samples. If the transaction fails, nothing has
/// happened and the next evaluation finds the same.
final class AlertingRun implements RuleRun {
  private static final Logger log = LoggerFactory.getLogger(AlertingRun.class);

  private final Rule.Alerting rule;
  private final RuleGroup group;
  private final AlertStates states;
  private final Surroundings with;
  private final RuleEvidence evidence;
  private final AlertSamples samples = new AlertSamples();
  private Map<Labels, Alert> alerts;
  private volatile RuleView view;

  AlertingRun(Rule.Alerting rule, RuleGroup group, Surroundings with, List<Alert> restored) {
    this.rule = rule;
    this.group = group;
    this.with = with;
    this.states = new AlertStates(rule.holdFor(), rule.keepFiringFor(), with.maxHold());
    this.evidence = new RuleEvidence(rule, group.name(), with.ports().evidence());
    Map<Labels, Alert> known = new LinkedHashMap<>();
    restored.forEach(alert -> known.put(alert.labels(), alert));
    this.alerts = known;
    this.view = new RuleView(rule, restored, "", Instant.EPOCH, Duration.ZERO);
  }

  RuleEvidence evidence() {
    return evidence;
  }

  @Override
  public void evaluate(Moment moment) {
    long started = with.time().nanos();
    Instant startedAt = with.time().now();
    try {
      Map<Labels, AlertStates.Element> elements = elements(moment);
      boolean[] asked = new boolean[1];
      boolean[] present = new boolean[1];
      java.util.function.BooleanSupplier hasData =
          () -> {
            if (!asked[0]) {
              asked[0] = true;
              present[0] = with.ports().dataPresence().hasData(rule.expression(), moment.queryAt());
            }
            return present[0];
          };
      AlertStates.Outcome outcome = states.judge(alerts, elements, moment.at(), hasData);
      Steps log = new Steps(rule.id(), moment.at(), alerts, elements);
      commit(changes(outcome, moment, log), moment, startedAt);
      alerts = outcome.after();
      evidence.judged(alerts, elements.keySet(), moment.at(), hasData);
      view(moment, "", started);
      with.store(samples.at(rule.name(), alerts.values(), moment.queryAt()));
    } catch (Failure e) {
      with.telemetry().failed(rule);
      if (view.error().isEmpty()) {
        log.atWarn()
            .addKeyValue("rule", rule.id())
            .addKeyValue("reason", e.reason())
            .log("rule evaluation fails");
      }
      evidence.failed(moment.at(), e.reason());
      view(moment, e.reason(), started);
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

  private Map<Labels, AlertStates.Element> elements(Moment moment) {
    List<Sample> answer = with.ports().queries().vector(rule.expression(), moment.queryAt());
    if (group.limit() > 0 && answer.size() > group.limit()) {
      throw new BadInput(
          "exceeded limit of " + group.limit() + " with " + answer.size() + " alerts");
    }
    Map<Labels, AlertStates.Element> elements = new LinkedHashMap<>();
    for (Sample sample : answer) {
      AlertStates.Element element = element(sample, moment);
      if (elements.put(element.labels(), element) != null) {
        throw new BadInput(
            "vector contains metrics with the same labelset after applying alert labels");
      }
    }
    return elements;
  }

  private AlertStates.Element element(Sample sample, Moment moment) {
    Template.Scope scope =
        new Template.Scope(
            sample.labels(),
            sample.value(),
            moment.at(),
            with.ports().console().url(),
            with.externalLabels(),
            with.ports().queries()::vector);
    Labels.Builder labels = Labels.builder().setAll(sample.labels().without(Labels.NAME));
    rule.labels().forEach((name, template) -> labels.set(name, template.render(scope)));
    labels.set("alertname", rule.name());
    Map<String, String> annotations = new HashMap<>();
    rule.annotations().forEach((name, template) -> annotations.put(name, template.render(scope)));
    return new AlertStates.Element(labels.build(), annotations, sample.value());
  }

  private void commit(Pager.Changes changes, Moment moment, Instant startedAt) {
    if (changes.told().isEmpty()) {
      with.changes().commit(changes);
      return;
    }
    Instant judgedAt = with.time().now();
    Span span = with.telemetry().begin(rule, moment);
    with.telemetry().stage("evaluate", span, startedAt, judgedAt);
    try {
      with.changes().commit(changes.traced(EvaluationTelemetry.traceparent(span)));
      with.telemetry().stage("record", span, judgedAt, with.time().now());
    } finally {
      span.end(with.time().now());
    }
  }

  private Pager.Changes changes(AlertStates.Outcome outcome, Moment moment, Steps log) {
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
    return new Pager.Changes(
        stored,
        forgotten,
        told,
        events(outcome, moment.at()),
        new PageGroup.Origin(moment.arrivedAt(), ""));
  }

  private static List<AlertEvent> events(AlertStates.Outcome outcome, Instant at) {
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
  public RuleView view() {
    return view;
  }
}
