package hinomi.server;

import hinomi.alertengine.AlertEngine;
import hinomi.alertengine.evaluate.GroupView;
import hinomi.alertengine.evaluate.RuleView;
import hinomi.alertengine.explain.Words;
import hinomi.alertengine.external.ExternalAlert;
import hinomi.alertengine.group.Member;
import hinomi.alertengine.group.PageGroup;
import hinomi.alertengine.mute.Mute;
import hinomi.alertengine.rule.Rule;
import hinomi.alertengine.silence.Silence;
import hinomi.alertengine.state.Alert;
import hinomi.console.ConsolePorts;
import hinomi.console.Explanation;
import hinomi.console.Hold;
import hinomi.console.LiveAlert;
import hinomi.console.RuleGroup;
import hinomi.model.Labels;
import hinomi.model.Language;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// What the console asks about this moment: alerts of rules and of others, what holds them back,
/// the rules, and why somebody was told or not.
final class WatchJoints {
  /// The label of alerts about data that are gone and rules that fail, and its values.
  private static final String ABOUT = "alertstate_reason";

  private static final int EXPLAINED = 10;

  private final AlertEngine alerts;
  private final ZoneId zone;

  WatchJoints(AlertEngine alerts, ZoneId zone) {
    this.alerts = alerts;
    this.zone = zone;
  }

  ConsolePorts.Watching ports() {
    return new ConsolePorts.Watching(this::live, this::holds, this::rules, this::explain);
  }

  /// In which open groups an alert is, and how it comes and goes.
  private record Place(Member member, List<String> groups) {}

  private List<LiveAlert> live() {
    Map<Labels, Place> places = places();
    Map<Labels, LiveAlert> all = new LinkedHashMap<>();
    for (GroupView group : alerts.rules()) {
      for (RuleView rule : group.rules()) {
        rule.alerts().stream()
            .filter(alert -> alert.phase() != Alert.Phase.RESOLVED)
            .forEach(alert -> all.putIfAbsent(alert.labels(), ours(rule.rule(), alert, places)));
      }
    }
    alerts
        .desk()
        .external()
        .standing()
        .forEach(alert -> all.putIfAbsent(alert.labels(), theirs(alert, places)));
    // One that flaps counts as firing even while it is not there.
    places.forEach((labels, place) -> {
      if (place.member().flapping().isGiven()) {
        all.putIfAbsent(labels, away(place));
      }
    });
    return List.copyOf(all.values());
  }

  private Map<Labels, Place> places() {
    Map<Labels, Place> places = new HashMap<>();
    for (PageGroup group : alerts.journal().openGroups()) {
      for (Member member : group.members().values()) {
        if (member.isFiring()) {
          places
              .computeIfAbsent(member.labels(), _ -> new Place(member, new ArrayList<>()))
              .groups()
              .add(group.id());
        }
      }
    }
    return places;
  }

  private static LiveAlert ours(Rule rule, Alert alert, Map<Labels, Place> places) {
    boolean pending = alert.phase() == Alert.Phase.PENDING;
    Optional<Place> place =
        pending ? Optional.empty() : Optional.ofNullable(places.get(alert.labels()));
    boolean own = alert.labels().has(ABOUT);
    return new LiveAlert(
        alert.labels(),
        alert.annotations(),
        pending ? LiveAlert.State.PENDING : state(alert.labels(), place),
        pending ? alert.activeAt() : alert.firedAt(),
        pending && !own && rule instanceof Rule.Alerting alerting
            ? Optional.of(alert.activeAt().plus(alerting.holdFor()))
            : Optional.empty(),
        own ? OptionalDouble.empty() : OptionalDouble.of(alert.value()),
        rule.expression(),
        "",
        alert.held(),
        changes(place),
        groups(place));
  }

  private static LiveAlert theirs(ExternalAlert alert, Map<Labels, Place> places) {
    Optional<Place> place = Optional.ofNullable(places.get(alert.labels()));
    return new LiveAlert(
        alert.labels(),
        alert.annotations(),
        state(alert.labels(), place),
        alert.startsAt(),
        Optional.empty(),
        OptionalDouble.empty(),
        "",
        alert.generatorUrl(),
        false,
        changes(place),
        groups(place));
  }

  private static LiveAlert away(Place place) {
    Member member = place.member();
    return new LiveAlert(
        member.labels(),
        member.annotations(),
        LiveAlert.State.FLAPPING,
        member.startsAt(),
        Optional.empty(),
        OptionalDouble.empty(),
        member.isExternal() ? "" : member.expression(),
        member.isExternal() ? member.expression() : "",
        false,
        member.flapping().changes(),
        place.groups());
  }

  private static LiveAlert.State state(Labels labels, Optional<Place> place) {
    if (place.filter(known -> known.member().flapping().isGiven()).isPresent()) {
      return LiveAlert.State.FLAPPING;
    }
    return switch (labels.get(ABOUT)) {
      case "nodata" -> LiveAlert.State.NO_DATA;
      case "error" -> LiveAlert.State.ERROR;
      default -> LiveAlert.State.FIRING;
    };
  }

  private static int changes(Optional<Place> place) {
    return place.map(known -> known.member().flapping().changes()).orElse(0);
  }

  private static List<String> groups(Optional<Place> place) {
    return place.map(Place::groups).orElse(List.of());
  }

  private Map<Labels, List<Hold>> holds(Collection<Labels> asked) {
    Instant now = alerts.desk().time().now();
    Map<Labels, List<Hold>> holds = new HashMap<>();
    for (Labels labels : asked) {
      for (Silence silence : alerts.desk().silences().over(labels, now)) {
        hold(holds, labels, silenced(silence));
      }
    }
    alerts
        .desk()
        .muting()
        .apply(asked)
        .forEach((labels, mutes) -> mutes.forEach(mute -> hold(holds, labels, hold(mute))));
    return holds;
  }

  private static void hold(Map<Labels, List<Hold>> holds, Labels labels, Hold hold) {
    holds.computeIfAbsent(labels, _ -> new ArrayList<>()).add(hold);
  }

  private static Hold silenced(Silence silence) {
    return new Hold(
        "silenced",
        silence.id(),
        Optional.empty(),
        silence.createdBy(),
        silence.comment(),
        Optional.of(silence.endsAt()));
  }

  private static Hold hold(Mute mute) {
    Optional<Labels> source = Optional.empty();
    String by = mute.by();
    if (mute instanceof Mute.Inhibited inhibited) {
      source = Optional.of(inhibited.source());
      by = inhibited.rule();
    } else if (mute instanceof Mute.CausedBy caused) {
      source = Optional.of(caused.source());
      by = caused.upstream();
    }
    return new Hold(
        mute.word(),
        by,
        source,
        "",
        "",
        Optional.of(mute.until()).filter(until -> !until.equals(Alert.NEVER)));
  }

  private List<RuleGroup> rules() {
    return alerts.rules().stream().map(WatchJoints::group).toList();
  }

  private static RuleGroup group(GroupView view) {
    return new RuleGroup(
        view.group().file(),
        view.group().name(),
        view.interval(),
        looked(view.at()),
        view.took(),
        view.rules().stream().map(WatchJoints::rule).toList());
  }

  private static Optional<Instant> looked(Instant at) {
    return Optional.of(at).filter(known -> !known.equals(Instant.EPOCH));
  }

  private static RuleGroup.Rule rule(RuleView view) {
    Rule rule = view.rule();
    Map<String, String> labels = new LinkedHashMap<>();
    switch (rule) {
      case Rule.Alerting alerting ->
          alerting.labels().forEach((name, template) -> labels.put(name, template.source()));
      case Rule.Recording recording -> labels.putAll(recording.labels());
    }
    return new RuleGroup.Rule(
        rule instanceof Rule.Recording,
        rule.name(),
        rule.expression(),
        rule instanceof Rule.Alerting alerting ? alerting.holdFor() : Duration.ZERO,
        labels,
        rule.isPushed(),
        count(view, Alert.Phase.FIRING),
        count(view, Alert.Phase.PENDING),
        view.error(),
        looked(view.at()),
        view.took());
  }

  private static int count(RuleView view, Alert.Phase phase) {
    return Math.toIntExact(view.alerts().stream().filter(alert -> alert.phase() == phase).count());
  }

  private List<Explanation> explain(String wanted, Instant at, Language language) {
    Words words = new Words(language, zone, alerts::nameOf);
    return alerts.explainer().asked(wanted, at, EXPLAINED).stream()
        .map(found -> explanation(found, words))
        .toList();
  }

  private static Explanation explanation(
      hinomi.alertengine.explain.Explanation found, Words words) {
    return new Explanation(
        found.alert(),
        found.at(),
        found.fires()
            ? Explanation.State.FIRES
            : !found.decided().isEmpty()
                ? Explanation.State.OVER
                : found.pendingSince().isPresent()
                    ? Explanation.State.PENDING
                    : Explanation.State.NEVER,
        words.verdict(found),
        found.decided().stream()
            .map(decision ->
                new Explanation.Step(
                    decision.at(),
                    decision.kind().word(),
                    words.what(decision, found),
                    decision.group()))
            .toList(),
        found.routes().stream()
            .map(route ->
                new Explanation.Route(
                    route.takes(),
                    route.node(),
                    words.considered(route).stream().map(String::strip).toList()))
            .toList(),
        found.muted().map(words::mute).orElse(""));
  }
}
