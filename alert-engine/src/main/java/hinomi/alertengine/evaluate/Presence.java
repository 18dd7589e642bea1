package hinomi.alertengine.evaluate;

import hinomi.alertengine.rule.Rule;
import hinomi.alertengine.rule.Watch;
import hinomi.alertengine.state.Alert;
import hinomi.alertengine.state.AlertStates.Element;
import hinomi.alertengine.state.Unjudgeable;
import hinomi.model.Failure;
import hinomi.model.Labels;
import hinomi.model.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Knows which series a rule has seen, and finds those that are gone. One thread.
final class Presence {
  private static final Logger log = LoggerFactory.getLogger(Presence.class);

  private static final String ONE_GONE = "no data from this series, while others are there";
  private static final String ALL_GONE = "no data at all";

  private final Rule.Alerting rule;
  private final Surroundings with;
  private final Rendering rendering;
  private final String compared;
  private final Roster roster = new Roster();
  private boolean begun;
  private boolean blind; // of the last look

  Presence(Rule.Alerting rule, Surroundings with, Rendering rendering) {
    this.rule = rule;
    this.with = with;
    this.rendering = rendering;
    this.compared = rule.watch().equals(Watch.PLAIN) ? "" : with.ports().compared(rule);
  }

  Sight at(Moment moment) {
    Instant at = moment.queryAt();
    return new Sight(() -> series(at), () -> with.ports().hasData(rule, at));
  }

  /// Without its conditions an expression may fail where it does not with them; then the rule is
  /// judged as one whose series are not known.
  private Optional<List<Sample>> series(Instant at) {
    if (compared.isEmpty()) {
      return Optional.empty();
    }
    try {
      List<Sample> series = with.ports().queries().vector(compared, at).numbers();
      blind = false;
      return Optional.of(nameless(series));
    } catch (Failure e) {
      if (!blind) {
        blind = true;
        log.atWarn()
            .addKeyValue("rule", rule.id())
            .addKeyValue("expression", compared)
            .addKeyValue("reason", e.reason())
            .log("single series of a rule cannot be watched");
      }
      return Optional.empty();
    }
  }

  /// The elements of alerts that say that series are gone, or all data: one for each series that
  /// was there, so that it has the labels that routes and silences know; one for the whole rule
  /// when none ever was, or none is known by itself.
  Map<Labels, Element> silent(
      List<Sample> answer, Map<Labels, Alert> alerts, Sight sight, Moment moment) {
    begin(moment);
    if (!sight.tellsSeries()) {
      return sight.hasData() ? Map.of() : whole(moment);
    }
    List<Sample> present = new ArrayList<>(nameless(answer));
    present.addAll(sight.present());
    roster.saw(present);
    Map<Labels, Element> silent = new LinkedHashMap<>();
    String summary = present.isEmpty() ? ALL_GONE : ONE_GONE;
    for (Sample gone : roster.missing(present)) {
      Element element = own(rendering.labels(gone, moment), summary);
      Alert alert = alerts.get(element.labels());
      if (alert != null && !present.isEmpty() && isForgotten(alert, moment)) {
        roster.forget(gone.labels());
      } else {
        silent.put(element.labels(), element);
      }
    }
    remembered(alerts, present, moment)
        .forEach(alert ->
            silent.putIfAbsent(
                alert.labels(),
                new Element(alert.labels(), alert.annotations(), alert.value(), true)));
    return silent.isEmpty() && present.isEmpty() ? whole(moment) : silent;
  }

  /// Alerts of series that were gone already when this run of the engine began, and still are.
  private List<Alert> remembered(Map<Labels, Alert> alerts, List<Sample> present, Moment moment) {
    List<Alert> active =
        alerts.values().stream()
            .filter(alert -> alert.phase() != Alert.Phase.RESOLVED)
            .filter(alert -> Unjudgeable.NODATA.is(alert.labels()))
            .toList();
    if (active.isEmpty() || present.isEmpty()) {
      return active;
    }
    Set<Labels> back = new HashSet<>(whole(moment).keySet());
    for (Sample sample : present) {
      back.add(own(rendering.labels(sample, moment), "").labels());
    }
    return active.stream()
        .filter(alert -> !back.contains(alert.labels()) && !isForgotten(alert, moment))
        .toList();
  }

  private boolean isForgotten(Alert alert, Moment moment) {
    Duration gone = Duration.between(alert.activeAt(), moment.at());
    return gone.compareTo(rule.watch().noData().forget()) > 0;
  }

  private Map<Labels, Element> whole(Moment moment) {
    Element element = own(rendering.labels(nothing(Labels.EMPTY), moment), ALL_GONE);
    return Map.of(element.labels(), element);
  }

  private Element own(Labels labels, String summary) {
    return rendering.own(Unjudgeable.NODATA, rule.watch().noData(), labels, summary);
  }

  /// The labels of an alert that is about all series: those on which they agree, and the rule's.
  Labels commonLabels(Moment moment) {
    return rendering.labels(nothing(roster.common()), moment);
  }

  private static Sample nothing(Labels labels) {
    return new Sample(labels, 0, Double.NaN);
  }

  private static List<Sample> nameless(List<Sample> samples) {
    return samples.stream()
        .map(sample ->
            new Sample(sample.labels().without(Labels.NAME), sample.timestamp(), sample.value()))
        .toList();
  }

  /// What was there when the engine last watched is expected now, although it was stopped.
  private void begin(Moment moment) {
    if (!begun) {
      begun = true;
      Instant last = with.lastAlive();
      if (Duration.between(last, moment.at()).compareTo(Restart.OUTAGE_TOLERANCE) <= 0) {
        roster.saw(series(last).orElse(List.of()));
      }
    }
  }
}
