package hinomi.console.render;

import hinomi.console.Explanation;
import hinomi.console.Reading;
import hinomi.console.form.Form;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Why an alert was told, or not: the decisions as a timeline, and the ways it would go.
final class WhyPage {
  private final Paper paper;

  WhyPage(Paper paper) {
    this.paper = paper;
  }

  /// Something that was decided, as it is shown.
  ///
  /// @param times how often in a row
  /// @param last when it was for the last time
  record Step(Instant at, String tone, String text, int times, Instant last) {
    Step again(Instant now) {
      return new Step(at, tone, text, times + 1, now);
    }
  }

  /// One answer.
  ///
  /// @param taken routes that it goes
  /// @param others routes that do not take it
  /// @param groups page groups that the decisions were about
  record Answer(
      Explanation of,
      Headline headline,
      List<Step> steps,
      List<Explanation.Route> taken,
      List<Explanation.Route> others,
      Set<String> groups) {}

  String ask(Visit visit) {
    return paper.print(visit, "why", sheet(visit));
  }

  String print(Visit visit, Form asked, Optional<Reading<List<Explanation>>> found) {
    Phrases p = paper.phrases(visit);
    Map<String, Object> model = sheet(visit);
    paper.again(model, visit, "why", asked);
    // Addresses hold exact times; the field, a clock's.
    asked.typed("at").ifPresent(typed -> model.put("asOf", local(typed, p)));
    found.ifPresent(reading -> {
      switch (reading) {
        case Reading.Unreadable<List<Explanation>> no ->
            Paper.mistake(visit, model, asked.typed("alert").orElse(""), no);
        case Reading.Known<List<Explanation>> known ->
            model.put("answers", known.value().stream().map(one -> answer(one, p)).toList());
      }
    });
    return paper.print(visit, "why", model);
  }

  private static String local(String typed, Phrases p) {
    try {
      return p.local(Instant.parse(typed));
    } catch (DateTimeParseException _) {
      return typed;
    }
  }

  private Map<String, Object> sheet(Visit visit) {
    Map<String, Object> model = paper.sheet(visit, "alerts", paper.phrases(visit).say("why.title"));
    model.put("desk", "why");
    return model;
  }

  private static Answer answer(Explanation one, Phrases p) {
    Set<String> groups = new TreeSet<>();
    one.steps().stream()
        .map(Explanation.Step::group)
        .filter(group -> !group.isEmpty())
        .forEach(groups::add);
    return new Answer(
        one,
        headline(one, p),
        steps(one.steps()),
        one.routes().stream().filter(Explanation.Route::takes).toList(),
        one.routes().stream().filter(route -> !route.takes()).toList(),
        groups);
  }

  /// What is decided again in the same words says nothing new.
  private static List<Step> steps(List<Explanation.Step> decided) {
    List<Step> steps = new ArrayList<>();
    for (Explanation.Step step : decided) {
      if (!steps.isEmpty() && steps.getLast().text().equals(step.text())) {
        steps.set(steps.size() - 1, steps.getLast().again(step.at()));
      } else {
        steps.add(new Step(step.at(), tone(step.kind()), step.text(), 1, step.at()));
      }
    }
    return steps;
  }

  private static Headline headline(Explanation one, Phrases p) {
    boolean told = one.steps().stream().anyMatch(step -> step.kind().equals("told"));
    String state = p.constant("why", one.state());
    return switch (one.state()) {
      case FIRES ->
          new Headline(told && one.hold().isEmpty() ? "down" : "watch", "!", state, one.verdict());
      case PENDING -> new Headline("watch", "…", state, one.verdict());
      case OVER -> new Headline("up", "✓", state, one.verdict());
      case NEVER -> new Headline("unknown", "?", state, one.verdict());
    };
  }

  private static String tone(String kind) {
    return switch (kind) {
      case "routed", "told" -> "down";
      case "muted", "swallowed", "waiting", "flapping", "flapped" -> "watch";
      case "acknowledged", "ended", "closed", "closed_untold", "steady" -> "up";
      default -> "";
    };
  }
}
