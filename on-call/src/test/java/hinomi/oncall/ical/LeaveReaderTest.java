package hinomi.oncall.ical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hinomi.model.BadInput;
import hinomi.oncall.coverage.Leave;
import hinomi.oncall.rotation.Span;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LeaveReaderTest {
  private static final Span SPAN =
      new Span(Instant.parse("2026-03-01T00:00:00Z"), Instant.parse("2026-06-01T00:00:00Z"));

  private static List<String> read(String events) {
    String file =
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
            + events.strip().replace("\n", "\r\n")
            + "\r\nEND:VCALENDAR\r\n";
    return LeaveReader.read(file, "ann", SPAN, ZoneId.of("Asia/Tokyo")).stream()
        .map(LeaveReaderTest::told)
        .toList();
  }

  private static String told(Leave leave) {
    return leave.span().from() + " " + leave.span().to() + " " + leave.summary();
  }

  @Test
  void wholeDaysAreThoseOfTheZoneThatIsAskedFor() {
    assertThat(
            read(
                """
                BEGIN:VEVENT
                UID:1
                DTSTART;VALUE=DATE:20260310
                DTEND;VALUE=DATE:20260313
                SUMMARY:休暇\\, 京都
                BEGIN:VALARM
                TRIGGER:-PT15M
                SUMMARY:no
                END:VALARM
                END:VEVENT
                """))
        .containsExactly("2026-03-09T15:00:00Z 2026-03-12T15:00:00Z 休暇, 京都");
  }

  @Test
  void zonesAreKnownByTheirNamesAndByThoseOfOthers() {
    String event =
        "BEGIN:VEVENT\nDTSTART;TZID=%s:20260310T090000\nDURATION:PT1H\nSUMMARY:x\nEND:VEVENT";
    for (String zone :
        List.of(
            "America/New_York",
            "\"America/New_York\"",
            "/freeassociation.sourceforge.net/America/New_York",
            "Eastern Standard Time")) {
      assertThat(read(event.formatted(zone)))
          .containsExactly("2026-03-10T13:00:00Z 2026-03-10T14:00:00Z x");
    }
    assertThatThrownBy(() -> read(event.formatted("Mars/Olympus")))
        .isInstanceOf(BadInput.class)
        .hasMessage("line 4: DTSTART: no time zone is called \"Mars/Olympus\"");
  }

  @Test
  void recurrencesExceptionsAndMovedOccurrencesAreSeen() {
    assertThat(
            read(
                """
                BEGIN:VEVENT
                UID:weekly
                DTSTART:20260302T010000Z
                DTEND:20260302T020000Z
                RRULE:FREQ=WEEKLY;COUNT=5
                EXDATE:20260309T010000Z
                RDATE:20260311T010000Z
                SUMMARY:school
                END:VEVENT
                BEGIN:VEVENT
                UID:weekly
                RECURRENCE-ID:20260316T010000Z
                DTSTART:20260317T050000Z
                DTEND:20260317T060000Z
                SUMMARY:moved
                END:VEVENT
                """))
        .containsExactly(
            "2026-03-02T01:00:00Z 2026-03-02T02:00:00Z school",
            "2026-03-11T01:00:00Z 2026-03-11T02:00:00Z school",
            "2026-03-17T05:00:00Z 2026-03-17T06:00:00Z moved",
            "2026-03-23T01:00:00Z 2026-03-23T02:00:00Z school",
            "2026-03-30T01:00:00Z 2026-03-30T02:00:00Z school");
  }

  @Test
  void whatIsFreeOrCancelledIsNoLeave() {
    assertThat(
            read(
                """
                BEGIN:VEVENT
                DTSTART:20260302T010000Z
                TRANSP:TRANSPARENT
                END:VEVENT
                BEGIN:VEVENT
                DTSTART:20260302T010000Z
                STATUS:CANCELLED
                END:VEVENT
                BEGIN:VFREEBUSY
                FREEBUSY:20260302T010000Z/20260302T020000Z,20260303T010000Z/PT30M
                FREEBUSY;FBTYPE=FREE:20260304T010000Z/PT30M
                END:VFREEBUSY
                """))
        .containsExactly(
            "2026-03-02T01:00:00Z 2026-03-02T02:00:00Z ",
            "2026-03-03T01:00:00Z 2026-03-03T01:30:00Z ");
  }

  @Test
  void foldedLinesAreOne() {
    assertThat(read("BEGIN:VEVENT\nDTSTART:20260302T0\n 10000Z\nDURATION:PT\n\t1H\nEND:VEVENT"))
        .containsExactly("2026-03-02T01:00:00Z 2026-03-02T02:00:00Z ");
  }

  @Test
  void whatIsNoCalendarIsRefusedWithItsLine() {
    assertThatThrownBy(() -> read("BEGIN:VEVENT\nDTSTART:soon\nEND:VEVENT"))
        .isInstanceOf(BadInput.class)
        .hasMessage("line 4: DTSTART: expected a time like 20260302T090000Z, got \"soon\"");
    assertThatThrownBy(() -> read("BEGIN:VEVENT\nDTSTART:20260302T010000Z"))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("ends what does not stand open");
    assertThatThrownBy(() -> LeaveReader.read("<html>", "ann", SPAN, ZoneId.of("UTC")))
        .isInstanceOf(BadInput.class);
  }
}
