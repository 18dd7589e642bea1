package hinomi.alertengine.mute;

import hinomi.alertengine.mute.TimeInterval.Span;
import hinomi.settings.DidYouMean;
import hinomi.settings.Section;
import java.time.DayOfWeek;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads one [TimeInterval]: `times`, `weekdays`, `days_of_month`, `months`, `years`, `location`.
public final class TimeIntervalReader {
  private static final Pattern CLOCK = Pattern.compile("([01][0-9]|2[0-3]):([0-5][0-9])|24:00");
  private static final int MINUTES_OF_DAY = 24 * 60;
  private static final int MAX_DAY = 31;

  private TimeIntervalReader() {}

  public static TimeInterval read(Section section) {
    List<Span> times = new ArrayList<>();
    for (Section time : section.sections("times")) {
      int first = time.required("start_time", 0, TimeIntervalReader::minute);
      int end = time.required("end_time", MINUTES_OF_DAY, TimeIntervalReader::minute);
      if (first >= end) {
        time.mistake(
            "end_time", "must be later than start_time; a night is two intervals, one a day");
      }
      times.add(new Span(first, end - 1));
    }
    return new TimeInterval(
        times,
        spans(section, "weekdays", TimeIntervalReader::weekday),
        spans(section, "days_of_month", TimeIntervalReader::dayOfMonth),
        spans(section, "months", TimeIntervalReader::month),
        spans(section, "years", TimeIntervalReader::number),
        section.has("location") ? location(section) : ZoneOffset.UTC);
  }

  private static ZoneId location(Section section) {
    return section.text("location", "").equals("Local")
        ? ZoneId.systemDefault()
        : section.zone("location", ZoneOffset.UTC);
  }

  private static int minute(String text) {
    Matcher clock = CLOCK.matcher(text);
    if (!clock.matches()) {
      throw new IllegalArgumentException("expected a time like 09:00, got \"" + text + "\"");
    }
    return clock.group(1) == null
        ? MINUTES_OF_DAY
        : Integer.parseInt(clock.group(1)) * 60 + Integer.parseInt(clock.group(2));
  }

  private static List<Span> spans(Section section, String key, ToIntFunction<String> reader) {
    List<Span> spans = new ArrayList<>();
    List<String> texts = section.texts(key);
    for (int i = 0; i < texts.size(); i++) {
      try {
        spans.add(span(texts.get(i), reader));
      } catch (IllegalArgumentException e) {
        section.mistake(key, i, 0, String.valueOf(e.getMessage()));
      }
    }
    return spans;
  }

  private static Span span(String text, ToIntFunction<String> reader) {
    int colon = text.indexOf(':');
    String begin = colon < 0 ? text : text.substring(0, colon);
    int first = reader.applyAsInt(begin.strip().toLowerCase(Locale.ROOT));
    int last =
        colon < 0
            ? first
            : reader.applyAsInt(text.substring(colon + 1).strip().toLowerCase(Locale.ROOT));
    boolean bothFromOneEnd = first < 0 == last < 0;
    if (bothFromOneEnd && first > last) {
      throw new IllegalArgumentException("\"" + text + "\" begins after its end");
    }
    if (first < 0 && last > 0) {
      throw new IllegalArgumentException(
          "\"" + text + "\" begins at the month's end and ends at its beginning");
    }
    return new Span(first, last);
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("expected a number, got \"" + text + "\"", e);
    }
  }

  private static int dayOfMonth(String text) {
    int day = number(text);
    if (day == 0 || Math.abs(day) > MAX_DAY) {
      throw new IllegalArgumentException(
          "expected a day from 1 to 31 or from -31 to -1, got " + day);
    }
    return day;
  }

  private static int weekday(String text) {
    for (DayOfWeek day : DayOfWeek.values()) {
      if (day.name().toLowerCase(Locale.ROOT).equals(text)) {
        return day.getValue() % DayOfWeek.values().length;
      }
    }
    throw new IllegalArgumentException(
        "expected a day of the week like monday, got \""
            + text
            + "\""
            + DidYouMean.hint(text, words(DayOfWeek.values())));
  }

  private static List<String> words(Enum<?>[] values) {
    return Stream.of(values).map(value -> value.name().toLowerCase(Locale.ROOT)).toList();
  }

  private static int month(String text) {
    for (Month month : Month.values()) {
      if (month.name().toLowerCase(Locale.ROOT).equals(text)) {
        return month.getValue();
      }
    }
    if (!text.matches("-?\\d+")) {
      throw new IllegalArgumentException(
          "expected a month like january or 1, got \""
              + text
              + "\""
              + DidYouMean.hint(text, words(Month.values())));
    }
    int month = number(text);
    if (month < 1 || month > Month.values().length) {
      throw new IllegalArgumentException("expected a month from 1 to 12, got " + month);
    }
    return month;
  }
}
