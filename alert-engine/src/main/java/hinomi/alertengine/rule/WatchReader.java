package hinomi.alertengine.rule;

import hinomi.alertengine.calendar.TradingCalendar;
import hinomi.alertengine.rule.kind.Language;
import hinomi.model.BadInput;
import hinomi.settings.DidYouMean;
import hinomi.settings.Section;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads a rule's map `hinomi:`.
final class WatchReader {
  private final Section section;
  private final Vocabulary vocabulary;

  WatchReader(Section section, Vocabulary vocabulary) {
    this.section = section;
    this.vocabulary = vocabulary;
  }

  Watch watch() {
    return new Watch(
        section.choice("trigger", Watch.Trigger.ARRIVAL, Watch.Trigger.class),
        recover(),
        unjudged("no-data"),
        unjudged("error"),
        hold(),
        section.number("min-samples", 0, 0, Integer.MAX_VALUE),
        when(),
        Language.PROMQL,
        "");
  }

  private String recover() {
    String recover = section.text("recover", "");
    if (recover.isBlank()) {
      if (section.has("recover")) {
        section.mistake("recover", "is empty");
      }
      return "";
    }
    try {
      vocabulary.expressions().check(recover);
    } catch (BadInput e) {
      section.mistake("recover", e.offset(), e.reason());
    }
    return recover;
  }

  private Watch.Unjudged unjudged(String key) {
    if (!section.has(key)) {
      return Watch.Unjudged.HOLD;
    }
    Section state = section.section(key);
    Watch.Action action = state.choice("do", Watch.Action.HOLD, Watch.Action.class);
    Duration holdFor = state.duration("for", Duration.ZERO);
    if (!state.has("do")) {
      state.mistake("do", "is missing; expected page, notice, hold or ok");
    } else if (state.text("do", "").equals("hold") && state.has("for")) {
      state.mistake("for", "hold begins at once; how long it lasts is hold-without-data");
    }
    Duration forget =
        key.equals("no-data")
            ? state.duration("forget", Watch.Unjudged.FORGET)
            : Watch.Unjudged.FORGET;
    return new Watch.Unjudged(holdFor, action, forget);
  }

  private Optional<Duration> hold() {
    return section.has("hold-without-data")
        ? Optional.of(section.duration("hold-without-data", Duration.ZERO))
        : Optional.empty();
  }

  private Optional<Watch.When> when() {
    if (!section.has("when")) {
      return Optional.empty();
    }
    Section when = section.section("when");
    List<String> phases = when.texts("phase");
    if (phases.isEmpty()) {
      when.mistake("phase", when.has("phase") ? "is empty" : "is missing");
    }
    boolean not = when.flag("not", false);
    Watch.Outside outside = when.choice("outside", Watch.Outside.RESOLVE, Watch.Outside.class);
    return calendar(when)
        .map(calendar -> new Watch.When(calendar, known(phases, calendar, when), not, outside));
  }

  private Optional<TradingCalendar> calendar(Section when) {
    Map<String, TradingCalendar> known = vocabulary.calendars().byId();
    String id = when.text("calendar");
    TradingCalendar calendar = known.get(id);
    if (calendar == null && !id.isEmpty()) {
      when.mistake(
          "calendar",
          "no calendar has the id \"" + id + "\"" + DidYouMean.hint(id, known.keySet()));
    }
    return Optional.ofNullable(calendar);
  }

  private static List<String> known(List<String> phases, TradingCalendar calendar, Section when) {
    for (String phase : phases) {
      if (!calendar.phases().contains(phase)) {
        when.mistake(
            "phase",
            calendar.id()
                + " has no phase \""
                + phase
                + "\""
                + DidYouMean.hint(phase, calendar.phases()));
      }
    }
    return phases;
  }
}
