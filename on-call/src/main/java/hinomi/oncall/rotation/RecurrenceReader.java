package hinomi.oncall.rotation;

import hinomi.model.BadInput;
import hinomi.oncall.rotation.RecurrenceRule.Frequency;
import hinomi.oncall.rotation.RecurrenceRule.OrdinalDay;
import hinomi.oncall.rotation.RecurrenceRule.Parts;
import hinomi.settings.DidYouMean;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads `FREQ=MONTHLY;BYDAY=-1FR` (RFC 5545, 3.3.10). Mistakes are [BadInput] with the character
/// at which they begin. One use.
public final class RecurrenceReader {
  private static final List<String> WEEK = List.of("MO", "TU", "WE", "TH", "FR", "SA", "SU");
  private static final Pattern DAY = Pattern.compile("([+-]?\\d{1,2})?([A-Z]{2})");
  private static final Set<String> PARTS =
      Set.of(
          "FREQ",
          "INTERVAL",
          "COUNT",
          "UNTIL",
          "WKST",
          "BYMONTH",
          "BYWEEKNO",
          "BYYEARDAY",
          "BYMONTHDAY",
          "BYDAY",
          "BYHOUR",
          "BYMINUTE",
          "BYSETPOS");

  private record Part(String value, int offset) {}

  private final Map<String, Part> parts = new LinkedHashMap<>();
  private final ZoneId zone;

  private RecurrenceReader(ZoneId zone) {
    this.zone = zone;
  }

  /// @param text with or without `RRULE:` before it
  /// @param zone in which an UNTIL that is given in UTC is looked at
  public static RecurrenceRule read(String text, ZoneId zone) {
    RecurrenceReader reader = new RecurrenceReader(zone);
    int at = text.toUpperCase(Locale.ROOT).startsWith("RRULE:") ? 6 : 0;
    while (at < text.length()) {
      int end = text.indexOf(';', at);
      end = end < 0 ? text.length() : end;
      reader.part(text.substring(at, end), at);
      at = end + 1;
    }
    return reader.rule();
  }

  private void part(String text, int offset) {
    int equals = text.indexOf('=');
    if (equals < 0) {
      throw new BadInput("expected NAME=VALUE, got \"" + text + "\"", offset);
    }
    String name = text.substring(0, equals).strip().toUpperCase(Locale.ROOT);
    if (!PARTS.contains(name)) {
      throw new BadInput(
          "no part of a rule is called \"" + name + "\"" + DidYouMean.hint(name, PARTS), offset);
    }
    String value = text.substring(equals + 1).strip().toUpperCase(Locale.ROOT);
    if (parts.put(name, new Part(value, offset + equals + 1)) != null) {
      throw new BadInput(name + " is given twice", offset);
    }
  }

  private RecurrenceRule rule() {
    Part freq = parts.get("FREQ");
    if (freq == null) {
      throw new BadInput("FREQ is missing", 0);
    }
    Frequency frequency = frequency(freq);
    Optional<LocalDateTime> until = Optional.ofNullable(parts.get("UNTIL")).map(this::until);
    int count = number("COUNT", 0, 1, 1_000_000);
    if (until.isPresent() && count > 0) {
      throw new BadInput("COUNT and UNTIL exclude each other", offset("COUNT"));
    }
    Parts by =
        new Parts(
            numbers("BYMONTH", 1, 12),
            numbers("BYWEEKNO", -53, 53),
            numbers("BYYEARDAY", -366, 366),
            numbers("BYMONTHDAY", -31, 31),
            days(),
            numbers("BYHOUR", 0, 23),
            numbers("BYMINUTE", 0, 59),
            numbers("BYSETPOS", -366, 366));
    check(frequency, by);
    return new RecurrenceRule(
        frequency, number("INTERVAL", 1, 1, 10_000), until, count, weekStart(), by);
  }

  private void check(Frequency frequency, Parts by) {
    boolean yearly = frequency == Frequency.YEARLY;
    refuse("BYWEEKNO", !yearly, "goes with FREQ=YEARLY alone");
    refuse(
        "BYYEARDAY",
        !yearly && frequency != Frequency.HOURLY,
        "goes with FREQ=YEARLY or HOURLY alone");
    refuse("BYMONTHDAY", frequency == Frequency.WEEKLY, "does not go with FREQ=WEEKLY");
    boolean ordinals = by.days().stream().anyMatch(day -> day.ordinal() != 0);
    boolean counted = frequency == Frequency.MONTHLY || (yearly && by.weeks().isEmpty());
    refuse(
        "BYDAY",
        ordinals && !counted,
        "a number before a day goes with FREQ=MONTHLY, or YEARLY without BYWEEKNO");
    boolean alone = by.nameNoDay() && by.months().isEmpty() && by.hours().isEmpty();
    refuse("BYSETPOS", alone && by.minutes().isEmpty(), "needs another BY part");
  }

  private void refuse(String part, boolean wrong, String why) {
    if (wrong && parts.containsKey(part)) {
      throw new BadInput(part + " " + why, offset(part));
    }
  }

  private int offset(String part) {
    Part found = parts.get(part);
    return found == null ? 0 : found.offset();
  }

  private static Frequency frequency(Part part) {
    for (Frequency each : Frequency.values()) {
      if (each.name().equals(part.value())) {
        return each;
      }
    }
    List<String> known = new ArrayList<>();
    for (Frequency each : Frequency.values()) {
      known.add(each.name());
    }
    throw new BadInput(
        "FREQ is one of "
            + String.join(", ", known)
            + ", not \""
            + part.value()
            + "\""
            + DidYouMean.hint(part.value(), known),
        part.offset());
  }

  private LocalDateTime until(Part part) {
    String value = part.value();
    try {
      if (value.indexOf('T') < 0) {
        return LocalDate.parse(value, DateTimeFormatter.BASIC_ISO_DATE).atTime(LocalTime.MAX);
      }
      boolean utc = value.endsWith("Z");
      String local = utc ? value.substring(0, value.length() - 1) : value;
      LocalDateTime time =
          LocalDateTime.parse(local, DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT));
      if (!utc) {
        return time;
      }
      Instant instant = time.toInstant(java.time.ZoneOffset.UTC);
      return LocalDateTime.ofInstant(instant, zone);
    } catch (DateTimeException e) {
      throw new BadInput(
          "UNTIL: expected a time like 20261231 or 20261231T090000Z, got \"" + value + "\"",
          part.offset());
    }
  }

  private DayOfWeek weekStart() {
    Part part = parts.get("WKST");
    return part == null ? DayOfWeek.MONDAY : day(part.value(), part.offset());
  }

  private static DayOfWeek day(String text, int offset) {
    int day = WEEK.indexOf(text);
    if (day < 0) {
      throw new BadInput(
          "expected a day like MO or SU, got \"" + text + "\"" + DidYouMean.hint(text, WEEK),
          offset);
    }
    return DayOfWeek.of(day + 1);
  }

  private List<OrdinalDay> days() {
    List<OrdinalDay> days = new ArrayList<>();
    Part part = parts.get("BYDAY");
    if (part == null) {
      return days;
    }
    int at = part.offset();
    for (String text : part.value().split(",", -1)) {
      Matcher day = DAY.matcher(text);
      if (!day.matches()) {
        throw new BadInput("BYDAY: expected a day like MO, 1MO or -1FR, got \"" + text + "\"", at);
      }
      int ordinal = day.group(1) == null ? 0 : Integer.parseInt(day.group(1));
      if (day.group(1) != null && (ordinal == 0 || Math.abs(ordinal) > 53)) {
        throw new BadInput("BYDAY: expected a number from 1 to 53 before the day", at);
      }
      days.add(new OrdinalDay(ordinal, day(String.valueOf(day.group(2)), at)));
      at += text.length() + 1;
    }
    return days;
  }

  private int number(String name, int otherwise, int min, int max) {
    Part part = parts.get(name);
    return part == null ? otherwise : number(name, part.value(), part.offset(), min, max);
  }

  private Set<Integer> numbers(String name, int min, int max) {
    Set<Integer> numbers = new TreeSet<>();
    Part part = parts.get(name);
    if (part != null) {
      int at = part.offset();
      for (String text : part.value().split(",", -1)) {
        int number = number(name, text, at, min, max);
        if (number == 0 && min < 0) {
          throw new BadInput(name + ": 0 counts nothing", at);
        }
        numbers.add(number);
        at += text.length() + 1;
      }
    }
    return numbers;
  }

  private static int number(String name, String text, int offset, int min, int max) {
    try {
      int number = Integer.parseInt(text);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException _) {
      // told below
    }
    throw new BadInput(
        name + ": expected a number from " + min + " to " + max + ", got \"" + text + "\"", offset);
  }
}
