package hinomi.oncall.ical;

import hinomi.model.Language;
import hinomi.oncall.answer.Duty;
import hinomi.oncall.answer.Reason;
import hinomi.oncall.answer.Timeline;
import hinomi.oncall.roster.Roster;
import hinomi.oncall.roster.Schedule;
import hinomi.oncall.rotation.Span;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// The duties of a schedule as a calendar (RFC 5545): one event from hand-off to hand-off. An event
/// keeps its UID as long as person and beginning stay, so that programs move nothing that did not
/// move.
///
/// @param person only this one's duties; empty for all, gaps included
public record Feed(Roster roster, String person, Language language) {
  private static final int UID_LENGTH = 32;

  /// @param stamp when what is told was decided (DTSTAMP)
  public String of(Timeline timeline, Span span, Instant stamp) {
    Schedule schedule = timeline.schedule();
    String name = schedule.name().in(language);
    IcsLines lines =
        new IcsLines()
            .line("BEGIN", "VCALENDAR")
            .line("VERSION", "2.0")
            .line("PRODID", "-//Hinomi//on-call//EN")
            .line("CALSCALE", "GREGORIAN")
            .text("NAME", title(name))
            .text("X-WR-CALNAME", title(name))
            .line("REFRESH-INTERVAL;VALUE=DURATION", "PT15M")
            .line("X-PUBLISHED-TTL", "PT15M");
    for (Duty duty : shifts(timeline, span)) {
      if (person.isEmpty() || duty.person().equals(person)) {
        event(lines, schedule, duty, stamp);
      }
    }
    return lines.line("END", "VCALENDAR").toString();
  }

  private String title(String schedule) {
    return person.isEmpty() ? schedule : schedule + " – " + roster.nameOf(person).in(language);
  }

  private void event(IcsLines lines, Schedule schedule, Duty duty, Instant stamp) {
    String who =
        duty.isGap()
            ? (language == Language.JA ? "(当番なし)" : "(nobody on duty)")
            : roster.nameOf(duty.person()).in(language);
    lines
        .line("BEGIN", "VEVENT")
        .line("UID", uid(schedule.id(), duty))
        .time("DTSTAMP", stamp)
        .time("DTSTART", duty.from())
        .time("DTEND", duty.to())
        .text("SUMMARY", who + " – " + schedule.name().in(language))
        .text("DESCRIPTION", description(duty))
        .line("TRANSP", duty.isGap() ? "TRANSPARENT" : "OPAQUE")
        .line("END", "VEVENT");
  }

  private String description(Duty duty) {
    boolean ja = language == Language.JA;
    return switch (duty.reason()) {
      case Reason.Layer layer -> (ja ? "当番表の層: " : "by the layer ") + layer.id();
      case Reason.StandIn standIn ->
          (ja ? "代行 (変更 " : "stands in (change ") + standIn.change() + ")";
      case Reason.Swap swap -> (ja ? "交換 (変更 " : "swapped (change ") + swap.change() + ")";
      case Reason.Temporary temporary ->
          (ja ? "臨時の当番表 (変更 " : "temporary roster (change ") + temporary.change() + ")";
      case Reason.Fallback _ -> ja ? "控え" : "fallback";
      case Reason.Gap _ -> ja ? "当番がいません" : "nobody is on duty";
    };
  }

  /// From hand-off to hand-off, whole even where the span cuts them.
  private static List<Duty> shifts(Timeline timeline, Span span) {
    List<Duty> shifts = new ArrayList<>();
    for (Duty duty : timeline.duties(span)) {
      if (!shifts.isEmpty() && shifts.getLast().person().equals(duty.person())) {
        Duty last = shifts.removeLast();
        shifts.add(new Duty(new Span(last.from(), duty.to()), duty.person(), last.reason()));
      } else {
        shifts.add(duty);
      }
    }
    if (!shifts.isEmpty()) {
      Duty first = shifts.removeFirst();
      Instant since = timeline.at(span.from()).since().orElse(first.from());
      shifts.addFirst(new Duty(new Span(since, first.to()), first.person(), first.reason()));
      Duty last = shifts.removeLast();
      Instant until = timeline.at(last.to().minusMillis(1)).until().orElse(last.to());
      shifts.addLast(new Duty(new Span(last.from(), until), last.person(), last.reason()));
    }
    return shifts;
  }

  private static String uid(String schedule, Duty duty) {
    String what = schedule + "\n" + duty.person() + "\n" + duty.from();
    return hash(what).substring(0, UID_LENGTH) + "@hinomi";
  }

  static String hash(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("BUG: no SHA-256", e);
    }
  }
}
