package hinomi.alertengine.evaluate;

import hinomi.alertengine.rule.Rule;
import hinomi.alertengine.rule.RuleGroup;
import hinomi.model.BadInput;
import hinomi.model.Failure;
import hinomi.model.HistogramSample;
import hinomi.model.Labels;
import hinomi.model.Sample;
import hinomi.model.Vector;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Evaluates one recording rule. A series that was there last time and is not now ends with a stale
/// marker.
final class RecordingRun implements RuleRun {
  private static final Logger log = LoggerFactory.getLogger(RecordingRun.class);

  private final Rule.Recording rule;
  private final RuleGroup group;
  private final Surroundings with;
  private Set<Labels> before = Set.of();
  private volatile RuleView view;

  RecordingRun(Rule.Recording rule, RuleGroup group, Surroundings with) {
    this.rule = rule;
    this.group = group;
    this.with = with;
    this.view = new RuleView(rule, List.of(), "", Instant.EPOCH, Duration.ZERO);
  }

  @Override
  public void evaluate(Moment moment) {
    long started = with.time().nanos();
    String error = "";
    try {
      error = with.store(results(moment));
    } catch (Failure e) {
      error = e.reason();
      with.telemetry().failed(rule);
      if (view.error().isEmpty()) {
        log.atWarn()
            .addKeyValue("rule", rule.id())
            .addKeyValue("reason", error)
            .log("rule evaluation fails");
      }
    }
    Duration took = Duration.ofNanos(with.time().nanos() - started);
    view = new RuleView(rule, List.of(), error, moment.at(), took);
  }

  private Vector results(Moment moment) {
    Vector answer = with.ports().queries().vector(rule.expression(), moment.queryAt());
    if (group.limit() > 0 && answer.size() > group.limit()) {
      throw new BadInput(
          "exceeded limit of " + group.limit() + " with " + answer.size() + " series");
    }
    long timestamp = moment.queryAt().toEpochMilli();
    List<Sample> samples = new ArrayList<>();
    List<HistogramSample> histograms = new ArrayList<>();
    Set<Labels> present = new HashSet<>();
    for (Sample sample : answer.samples()) {
      samples.add(new Sample(named(sample.labels(), present), timestamp, sample.value()));
    }
    for (HistogramSample sample : answer.histograms()) {
      Labels labels = named(sample.labels(), present);
      histograms.add(new HistogramSample(labels, timestamp, sample.value()));
    }
    for (Labels labels : before) {
      if (!present.contains(labels)) {
        samples.add(new Sample(labels, timestamp, Sample.STALE));
      }
    }
    before = present;
    return new Vector(samples, histograms);
  }

  private Labels named(Labels element, Set<Labels> present) {
    Labels.Builder builder = Labels.builder().setAll(element);
    rule.labels().forEach(builder::set);
    Labels labels = builder.set(Labels.NAME, rule.name()).build();
    if (!present.add(labels)) {
      throw new BadInput(
          "vector contains metrics with the same labelset after applying rule labels");
    }
    return labels;
  }

  @Override
  public void failed(Moment moment, String error) {
    with.telemetry().failed(rule);
    view = new RuleView(rule, List.of(), error, moment.at(), Duration.ZERO);
  }

  @Override
  public Set<Labels> series() {
    return before;
  }

  @Override
  public void inherit(Inheritance.Left left) {
    before = left.series();
    view = left.view().of(rule, List.of());
  }

  @Override
  public RuleView view() {
    return view;
  }
}
