package hinomi.statuspage.render;

import hinomi.model.Incident;
import hinomi.model.Incident.Stage;
import hinomi.model.Incident.Update;
import hinomi.model.Text;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Incidents in the words of the templates.
final class IncidentViews {
  private static final int RECENT_DAYS = 7;

  private final Phrases phrases;
  private final Links links;

  IncidentViews(Phrases phrases, Links links) {
    this.phrases = phrases;
    this.links = links;
  }

  /// An incident.
  ///
  /// @param impact `none`, `minor`, `major` or `critical`
  /// @param ended empty while it is open
  /// @param updates newest first
  record View(
      String href,
      String title,
      String impact,
      String impactWord,
      boolean open,
      String stageWord,
      List<Step> steps,
      String started,
      String startedIso,
      String ended,
      String endedIso,
      String lasted,
      List<Reference> components,
      List<Report> updates,
      boolean postmortem) {}

  /// A stage on the way to the end: `done`, `now` or `ahead`.
  record Step(String word, String place) {}

  record Reference(String name, String href) {}

  /// The Nth public update.
  record Report(
      String number, String stage, String stageWord, String text, String at, String iso) {}

  /// The incidents that began on a day, or in a month.
  record Span(String title, List<View> incidents) {}

  View view(Incident incident, Map<String, Text> names, Instant now) {
    Instant end = incident.resolvedAt().orElse(now);
    return new View(
        links.to(Links.incident(incident.id())),
        phrases.of(incident.title()),
        Keys.word(incident.impact()),
        phrases.say(Keys.of("impact", incident.impact())),
        incident.open(),
        phrases.say(Keys.of("stage", incident.stage())),
        steps(incident.stage()),
        phrases.exact(incident.startedAt()),
        incident.startedAt().toString(),
        incident.resolvedAt().map(phrases::exact).orElse(""),
        incident.resolvedAt().map(Instant::toString).orElse(""),
        phrases.duration(Duration.between(incident.startedAt(), end)),
        references(incident, names),
        incident.updates().reversed().stream().map(this::report).toList(),
        incident.postmortem().isPresent());
  }

  private List<Step> steps(Stage now) {
    List<Step> steps = new ArrayList<>();
    for (Stage stage : Stage.values()) {
      steps.add(
          new Step(
              phrases.say(Keys.of("stage", stage)),
              stage == now ? "now" : stage.compareTo(now) < 0 ? "done" : "ahead"));
    }
    return steps;
  }

  /// A component that is not published any more keeps no name: it is left out.
  private List<Reference> references(Incident incident, Map<String, Text> names) {
    List<Reference> references = new ArrayList<>();
    for (String id : incident.components()) {
      Text name = names.get(id);
      if (name != null) {
        references.add(new Reference(phrases.of(name), links.to(Links.component(id))));
      }
    }
    return references;
  }

  private Report report(Update update) {
    return new Report(
        phrases.say("update.number", update.number()),
        Keys.word(update.stage()),
        phrases.say(Keys.of("stage", update.stage())),
        phrases.of(update.text()),
        phrases.moment(update.at()),
        update.at().toString());
  }

  /// The last days, today first, also those without an incident.
  List<Span> recent(List<Incident> incidents, Map<String, Text> names, Instant now) {
    LocalDate today = phrases.date(now);
    List<Span> days = new ArrayList<>();
    for (int i = 0; i < RECENT_DAYS; i++) {
      LocalDate day = today.minusDays(i);
      days.add(
          new Span(
              phrases.day(day),
              incidents.stream()
                  .filter(incident -> phrases.date(incident.startedAt()).equals(day))
                  .map(incident -> view(incident, names, now))
                  .toList()));
    }
    return days;
  }

  /// All months from the newest incident's to the oldest's, the empty ones between them too.
  List<Span> months(List<Incident> incidents, Map<String, Text> names, Instant now) {
    NavigableMap<YearMonth, List<View>> months = new TreeMap<>();
    for (Incident incident : incidents) {
      months
          .computeIfAbsent(
              YearMonth.from(phrases.date(incident.startedAt())), _ -> new ArrayList<>())
          .add(view(incident, names, now));
    }
    List<Span> spans = new ArrayList<>();
    if (!months.isEmpty()) {
      for (YearMonth month = months.lastKey();
          !month.isBefore(months.firstKey());
          month = month.minusMonths(1)) {
        spans.add(new Span(phrases.month(month), months.getOrDefault(month, List.of())));
      }
    }
    return spans;
  }
}
