package hinomi.server;

import hinomi.alertengine.AlertEngine;
import hinomi.alertengine.group.Climb;
import hinomi.alertengine.group.Member;
import hinomi.alertengine.group.PageGroup;
import hinomi.alertengine.journal.Delivery;
import hinomi.alertengine.state.Alert;
import hinomi.console.AlertGroup;
import hinomi.console.ConsolePorts;
import hinomi.model.Labels;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the console asks about page groups: who was told of what, and who has taken it on.
final class PageGroupJoints {
  private final AlertEngine alerts;

  PageGroupJoints(AlertEngine alerts) {
    this.alerts = alerts;
  }

  ConsolePorts.Alerts ports() {
    return new ConsolePorts.Alerts(this::newest, this::find, alerts::acknowledge);
  }

  /// Without deliveries, which lists do not show.
  private List<AlertGroup> newest(int closed) {
    List<PageGroup> all = new ArrayList<>(alerts.journal().openGroups());
    Set<String> seen = new LinkedHashSet<>();
    if (closed > 0) {
      all.addAll(alerts.journal().latestGroups(closed + all.size()));
    }
    Map<Labels, Double> values = values();
    return all.stream()
        .filter(group -> seen.add(group.id()) && !group.isSummary())
        .map(group -> group(group, values, List.of()))
        .toList();
  }

  private Optional<AlertGroup> find(String id) {
    return alerts
        .journal()
        .group(id)
        .map(group ->
            group(
                group,
                values(),
                alerts.journal().outbox().ofGroup(id).stream().map(this::delivery).toList()));
  }

  /// What the expressions of firing alerts came to last; a group knows only the values it told.
  private Map<Labels, Double> values() {
    Map<Labels, Double> values = new HashMap<>();
    alerts.rules().stream()
        .flatMap(group -> group.rules().stream())
        .flatMap(rule -> rule.alerts().stream())
        .filter(alert -> alert.phase() == Alert.Phase.FIRING)
        .forEach(alert -> values.put(alert.labels(), alert.value()));
    return values;
  }

  private AlertGroup group(
      PageGroup group, Map<Labels, Double> values, List<AlertGroup.Delivery> deliveries) {
    Climb climb = group.climb();
    boolean taken = group.acknowledgement().isGiven();
    return new AlertGroup(
        group.id(),
        !group.isOpen() && !group.isSummary()
            ? AlertGroup.State.RESOLVED
            : taken ? AlertGroup.State.ACKNOWLEDGED : AlertGroup.State.FIRING,
        group.route().page(),
        group.route().ladder(),
        group.openedAt(),
        come(group.closedAt()),
        new AlertGroup.Climb(
            climb.step(), come(climb.stepAt()), climb.reached().stream().map(this::named).toList()),
        taken
            ? Optional.of(
                new AlertGroup.Acknowledgement(
                    group.acknowledgement().by(),
                    group.acknowledgement().note(),
                    group.acknowledgement().at()))
            : Optional.empty(),
        group.members().values().stream().map(member -> alert(member, values)).toList(),
        deliveries);
  }

  private static AlertGroup.Alert alert(Member member, Map<Labels, Double> values) {
    return new AlertGroup.Alert(
        member.expression(),
        member.labels(),
        member.annotations(),
        member.isFiring() ? values.getOrDefault(member.labels(), member.value()) : member.value(),
        member.startsAt(),
        come(member.endsAt()));
  }

  private AlertGroup.Delivery delivery(Delivery delivery) {
    return new AlertGroup.Delivery(
        named(delivery.target()),
        delivery.notification().reason().word(),
        delivery.state().name().toLowerCase(Locale.ROOT),
        delivery.createdAt(),
        alerts.journal().outbox().attempts(delivery.id()).stream()
            .map(attempt ->
                new AlertGroup.Attempt(
                    attempt.number(),
                    attempt.startedAt(),
                    attempt.outcome().toLowerCase(Locale.ROOT),
                    attempt.detail()))
            .toList());
  }

  /// A target as people call it, behind its kind: `person:佐藤`.
  private String named(String target) {
    int colon = target.indexOf(':');
    return colon < 0 ? target : target.substring(0, colon + 1) + alerts.nameOf(target);
  }

  private static Optional<Instant> come(Instant at) {
    return at.equals(Alert.NEVER) ? Optional.empty() : Optional.of(at);
  }
}
