package hinomi.console.render;

import hinomi.console.AlertGroup;
import hinomi.console.form.Form;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One page group, with all that was done about it.
final class AlertPages {
  private final Paper paper;

  AlertPages(Paper paper) {
    this.paper = paper;
  }

  /// Something that happened to a group.
  ///
  /// @param tone a class of its colour, or empty
  record Event(Instant at, String tone, String text, String detail) {}

  String one(Visit visit, AlertGroup group, Optional<Form> again) {
    Map<String, Object> model = paper.sheet(visit, "alerts", name(group));
    model.put("g", group);
    model.put("events", events(group, paper.phrases(visit)));
    again.ifPresent(form -> paper.again(model, visit, "acknowledge", form));
    return paper.print(visit, "alert", model);
  }

  /// What the group is about: the names of its alerts.
  static String name(AlertGroup group) {
    List<String> names =
        group.alerts().stream()
            .map(alert -> alert.labels().get("alertname"))
            .filter(name -> !name.isEmpty())
            .distinct()
            .limit(3)
            .toList();
    return names.isEmpty() ? group.id() : String.join(" + ", names);
  }

  /// All that happened, newest first.
  static List<Event> events(AlertGroup group, Phrases p) {
    List<Event> events = new ArrayList<>();
    for (AlertGroup.Alert alert : group.alerts()) {
      String name = alert.labels().get("alertname");
      String labels = p.labels(alert.labels());
      events.add(new Event(alert.startsAt(), "down", p.say("event.fires", name), labels));
      alert
          .endsAt()
          .ifPresent(at -> events.add(new Event(at, "up", p.say("event.ends", name), labels)));
    }
    for (AlertGroup.Delivery delivery : group.deliveries()) {
      String told =
          p.say("event.told", p.target(delivery.target()), p.word("reason", delivery.reason()));
      if (delivery.attempts().isEmpty()) {
        events.add(new Event(delivery.createdAt(), "", told, p.word("delivery", delivery.state())));
      }
      for (AlertGroup.Attempt attempt : delivery.attempts()) {
        events.add(
            new Event(
                attempt.startedAt(),
                Set.of("pending", "failed").contains(attempt.outcome()) ? "watch" : "",
                told,
                result(attempt, p)));
      }
    }
    group
        .acknowledgement()
        .ifPresent(one ->
            events.add(
                new Event(one.at(), "up", p.say("event.acknowledged", one.by()), one.note())));
    group.closedAt().ifPresent(at -> events.add(new Event(at, "up", p.say("event.closed"), "")));
    events.sort(Comparator.comparing(Event::at).reversed());
    return events;
  }

  private static String result(AlertGroup.Attempt attempt, Phrases p) {
    String outcome = p.word("outcome", attempt.outcome());
    String tried =
        attempt.number() > 1 ? p.say("event.attempt", attempt.number(), outcome) : outcome;
    return attempt.detail().isEmpty() ? tried : tried + ": " + attempt.detail();
  }
}
