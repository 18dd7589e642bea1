package hinomi.oncall.ical;

import static org.assertj.core.api.Assertions.assertThat;

import biweekly.Biweekly;
import biweekly.ICalVersion;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import hinomi.model.Language;
import hinomi.oncall.answer.Duty;
import hinomi.oncall.answer.Timeline;
import hinomi.oncall.change.Change;
import hinomi.oncall.change.What;
import hinomi.oncall.roster.Roster;
import hinomi.oncall.rotation.Span;
import hinomi.settings.Mistakes;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.Component;
import net.fortuna.ical4j.model.Property;
import net.fortuna.ical4j.model.component.CalendarComponent;
import org.junit.jupiter.api.Test;

/// The feed is read by two programs that have nothing to do with each other.
final class CalendarTest {
  private static final Span SPAN =
      new Span(Instant.parse("2026-02-20T00:00:00Z"), Instant.parse("2026-06-01T00:00:00Z"));
  private static final Instant STAMP = Instant.parse("2026-02-20T09:00:00Z");
  private static final String NAME =
      "取引所の注文と約定を見張る人たちの当番表、とても長い名前; with a comma, a \\\\ and 😀 in it";

  private final Roster roster = roster();
  private final Timeline timeline = timeline(List.of());

  private static Roster roster() {
    Mistakes mistakes = new Mistakes();
    Roster roster =
        Roster.parse(
            Map.of(
                "a.yaml",
                """
                people: [{id: ann, name: {ja: 安藤, en: Ann}}, {id: bob, name: Bob}]
                schedules:
                  - id: s
                    name: "%s"
                    zone: America/New_York
                    layers: [{id: weekly, from: 2026-03-02T09:00, every: week, people: [ann, bob]}]
                """
                    .formatted(NAME)),
            mistakes);
    mistakes.throwIfAny();
    return roster;
  }

  private Timeline timeline(List<Change> changes) {
    return new Timeline(roster.schedule("s"), changes);
  }

  private String feed(String person) {
    return new Feed(roster, person, Language.JA).of(timeline, SPAN, STAMP);
  }

  @Test
  void ical4jReadsItAndFindsNothingWrong() throws Exception {
    Calendar calendar = new CalendarBuilder().build(new StringReader(feed("")));
    assertThat(calendar.validate(true).getEntries()).isEmpty();
    List<CalendarComponent> events = calendar.getComponents(Component.VEVENT);
    List<Duty> duties = timeline.duties(SPAN);
    assertThat(events).hasSize(duties.size());
    Component second = events.get(1);
    assertThat(value(second, Property.DTSTART)).isEqualTo("20260302T140000Z");
    assertThat(value(second, Property.DTEND)).isEqualTo("20260309T130000Z");
    assertThat(value(second, Property.SUMMARY)).isEqualTo("安藤 – " + NAME.replace("\\\\", "\\"));
  }

  private static String value(Component component, String property) {
    return component.<Property>getRequiredProperty(property).getValue();
  }

  @Test
  void biweeklyReadsItAndFindsNothingWrong() {
    ICalendar calendar = Biweekly.parse(feed("ann")).first();
    assertThat(calendar.validate(ICalVersion.V2_0).getWarnings()).isEmpty();
    for (VEvent event : calendar.getEvents()) {
      Instant from = event.getDateStart().getValue().toInstant();
      assertThat(timeline.dutyAt(from).person()).isEqualTo("ann");
      assertThat(event.getSummary().getValue()).startsWith("安藤");
    }
    assertThat(calendar.getEvents()).hasSize(7);
  }

  @Test
  void linesAreFoldedAtSeventyFiveOctetsAndNoCharacterIsSplit() {
    for (String line : feed("").split("\r\n", -1)) {
      assertThat(line.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(75);
      assertThat(line).doesNotContain("\n").doesNotContain("\r");
    }
  }

  @Test
  void onlyEventsThatMovedGetOtherNames() {
    Set<String> before = uids(timeline);
    Instant from = Instant.parse("2026-03-25T00:00:00Z");
    Change change =
        new Change(
            1,
            "s",
            new Span(from, from.plusSeconds(86_400)),
            new What.StandIn("ann", ""),
            Change.State.IN_FORCE,
            1,
            1,
            new Change.Signature("ann", STAMP, "dentist"));
    Set<String> after = uids(timeline(List.of(change)));
    before.removeAll(after);
    assertThat(before).hasSizeLessThanOrEqualTo(1);
    assertThat(after).hasSize(uids(timeline).size() + 2);
  }

  private Set<String> uids(Timeline of) {
    Set<String> uids = new TreeSet<>();
    for (String line : new Feed(roster, "", Language.EN).of(of, SPAN, STAMP).split("\r\n")) {
      if (line.startsWith("UID:")) {
        assertThat(uids.add(line)).isTrue();
      }
    }
    return uids;
  }

  @Test
  void anEventThatTheSpanCutsKeepsItsName() {
    Span later = new Span(SPAN.from().plusSeconds(20 * 86_400L), SPAN.to());
    String whole = new Feed(roster, "bob", Language.EN).of(timeline, SPAN, STAMP);
    String rest = new Feed(roster, "bob", Language.EN).of(timeline, later, STAMP);
    List<String> known = whole.lines().filter(line -> line.startsWith("UID:")).toList();
    List<String> cut = rest.lines().filter(line -> line.startsWith("UID:")).toList();
    assertThat(known).containsAll(cut);
  }

  @Test
  void aNameCannotBreakOutOfItsLine() {
    String evil = new IcsLines().text("SUMMARY", "x\r\nBEGIN:VALARM\u0000\n").toString();
    assertThat(evil).isEqualTo("SUMMARY:x\\nBEGIN:VALARM\\n\r\n");
  }
}
