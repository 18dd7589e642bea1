package hinomi.oncall;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.model.Text;
import hinomi.oncall.answer.Duty;
import hinomi.oncall.answer.OnDuty;
import hinomi.oncall.answer.Reason;
import hinomi.oncall.answer.Timeline;
import hinomi.oncall.change.Change;
import hinomi.oncall.change.What;
import hinomi.oncall.coverage.Coverage;
import hinomi.oncall.coverage.Difference;
import hinomi.oncall.coverage.Load;
import hinomi.oncall.notice.Notice;
import hinomi.oncall.roster.Roster;
import hinomi.oncall.roster.Schedule;
import hinomi.oncall.rotation.Span;
import hinomi.oncall.rotation.Turn;
import hinomi.settings.Mistakes;
import hinomi.testkit.Specs;
import hinomi.testkit.Specs.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Calendars with the answers that people expect of them. Times without an offset are by the
/// schedule's clock.
final class DutySpecTest {
  @TestFactory
  Stream<DynamicTest> whoIsOnDuty() {
    return Specs.of("duty", Meaning::new);
  }

  private static final class Meaning implements Specs.Meaning {
    private final Map<String, Text> people = new LinkedHashMap<>();
    private final List<Change> changes = new ArrayList<>();
    private Timeline timeline = new Timeline(none(), List.of());
    private Timeline before = timeline;

    private static Schedule none() {
      return parse(
          "{id: none, zone: UTC, layers: [{id: l, from: 2026-01-01T00:00, every: day, people:"
              + " [none]}]}",
          Map.of());
    }

    private static Schedule parse(String text, Map<String, Text> people) {
      Mistakes mistakes = new Mistakes();
      Roster roster = Roster.parse(Map.of("spec", "schedules: [" + text + "\n]"), people, mistakes);
      mistakes.throwIfAny();
      return roster.schedules().values().iterator().next();
    }

    @Override
    public void run(Step step) {
      String[] words = step.rest().split("\\s+");
      switch (step.verb()) {
        case "people" -> List.of(words).forEach(person -> people.put(person, Text.same(person)));
        case "schedule" -> {
          before = timeline;
          timeline = new Timeline(parse(String.join("\n", step.block()), people), changes);
        }
        case "override" ->
            change(words, new What.StandIn(words[2], words.length > 4 ? words[4] : ""));
        case "swap" ->
            change(
                words,
                new What.Swap(
                    words[2],
                    words[4],
                    words.length > 6
                        ? Optional.of(new Span(time(words[6]), time(words[7])))
                        : Optional.empty()));
        case "temporary" -> change(words, new What.Temporary(turns(step)));
        case "at" -> assertThat(told(timeline.at(time(words[0])))).isEqualTo(rest(step));
        case "duties" -> {
          List<String> told = timeline.duties(span(words)).stream().map(this::told).toList();
          assertThat(told).isEqualTo(step.block());
        }
        case "gaps" -> {
          List<String> told =
              Coverage.of(timeline, span(words), List.of()).gaps().stream()
                  .map(this::told)
                  .toList();
          assertThat(told).isEqualTo(step.block());
        }
        case "load" -> {
          Load load =
              Coverage.of(timeline, span(words), List.of())
                  .loads()
                  .getOrDefault(words[2], Load.NONE);
          assertThat(told(load)).isEqualTo(String.join(" ", step.block()));
        }
        case "difference" -> {
          List<String> told =
              Difference.between(before, timeline, span(words)).moves().stream()
                  .map(move ->
                      told(move.span()) + " " + name(move.before()) + " -> " + name(move.after()))
                  .toList();
          assertThat(told).isEqualTo(step.block());
        }
        case "notices" -> {
          List<String> told =
              Notice.due(timeline, time(words[0]), time(words[1])).stream()
                  .map(this::told)
                  .toList();
          assertThat(told).isEqualTo(step.block());
        }
        default -> throw new AssertionError("no such command: " + step.verb());
      }
    }

    private static String rest(Step step) {
      return step.rest().split("\\s+", 2)[1].strip();
    }

    private void change(String[] words, What what) {
      long id = changes.size() + 1L;
      Change.Signature made = new Change.Signature("x", Instant.EPOCH, "spec");
      String schedule = timeline.schedule().id();
      changes.add(new Change(id, schedule, span(words), what, Change.State.IN_FORCE, id, 1, made));
      before = timeline;
      timeline = new Timeline(timeline.schedule(), changes);
    }

    private List<Turn> turns(Step step) {
      return step.block().stream()
          .map(line -> line.split("\\s+"))
          .map(words -> new Turn(span(words), words[2]))
          .toList();
    }

    private Span span(String[] words) {
      return new Span(time(words[0]), time(words[1]));
    }

    private Instant time(String text) {
      return text.length() > "2026-01-01T00:00:00".length()
          ? OffsetDateTime.parse(text).toInstant()
          : timeline
              .schedule()
              .clock()
              .instant(LocalDateTime.parse(text.length() == 10 ? text + "T00:00" : text));
    }

    private String told(Instant instant) {
      OffsetDateTime at = instant.atZone(timeline.schedule().clock().zone()).toOffsetDateTime();
      return at.toLocalDateTime() + at.getOffset().getId().replace("Z", "+00:00");
    }

    private String told(Span span) {
      return told(span.from()) + " " + told(span.to());
    }

    private String told(OnDuty duty) {
      StringBuilder told = new StringBuilder(name(duty.person()) + " by " + told(duty.reason()));
      duty.since().ifPresent(since -> told.append(" since ").append(told(since)));
      duty.until()
          .ifPresent(until ->
              told.append(" until ")
                  .append(told(until))
                  .append(" then ")
                  .append(name(duty.next())));
      return told.toString();
    }

    private String told(Duty duty) {
      return told(duty.from()) + " " + name(duty.person()) + " by " + told(duty.reason());
    }

    private String told(Notice notice) {
      return told(notice.at())
          + " "
          + notice.person()
          + " "
          + notice.kind().name().toLowerCase(Locale.ROOT)
          + " "
          + name(notice.other());
    }

    private static String told(Load load) {
      return hours(load.total())
          + " nights "
          + hours(load.nights())
          + " weekends "
          + hours(load.weekends())
          + " holidays "
          + hours(load.holidays())
          + " turns "
          + load.turns();
    }

    private static String hours(Duration duration) {
      return duration.toMinutes() % 60 == 0 ? duration.toHours() + "h" : duration.toMinutes() + "m";
    }

    private static String name(String person) {
      return person.isEmpty() ? "nobody" : person;
    }

    private static String told(Reason reason) {
      return switch (reason) {
        case Reason.Layer layer -> layer.id();
        case Reason.StandIn change -> "override-" + change.change();
        case Reason.Swap change -> "swap-" + change.change();
        case Reason.Temporary change -> "temporary-" + change.change();
        case Reason.Fallback _ -> "fallback";
        case Reason.Gap _ -> "gap";
      };
    }
  }
}
