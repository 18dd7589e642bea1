package hinomi.oncall.ical;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads times of a calendar: DATE-TIME in UTC, of a zone (TZID) or floating, DATE, and DURATION
/// (RFC 5545, 3.3.4 to 3.3.6). Stateless; any thread.
///
/// @param floating the zone of times that name none, and of whole days
record IcsTimes(ZoneId floating) {
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT);
  private static final Pattern DURATION =
      Pattern.compile(
          "([+-]?)P(?:(\\d{1,5})W)?(?:(\\d{1,5})D)?(?:T(?:(\\d{1,5})H)?(?:(\\d{1,6})M)?(?:(\\d{1,7})S)?)?");
  private static final long[] SECONDS = {604_800, 86_400, 3_600, 60, 1};

  /// What Windows programs call zones (CLDR, windowsZones), those that are met in Japan and where
  /// its markets' partners are.
  private static final Map<String, String> WINDOWS =
      Map.of(
          "Tokyo Standard Time", "Asia/Tokyo",
          "Korea Standard Time", "Asia/Seoul",
          "China Standard Time", "Asia/Shanghai",
          "Singapore Standard Time", "Asia/Singapore",
          "India Standard Time", "Asia/Kolkata",
          "GMT Standard Time", "Europe/London",
          "W. Europe Standard Time", "Europe/Berlin",
          "Eastern Standard Time", "America/New_York",
          "Central Standard Time", "America/Chicago",
          "Pacific Standard Time", "America/Los_Angeles");

  /// A time by the wall clock of a zone.
  ///
  /// @param day whether it was a date alone
  record Moment(LocalDateTime local, ZoneId zone, boolean day) {
    Instant instant() {
      return new hinomi.oncall.rotation.WallClock(zone).instant(local);
    }
  }

  /// One value.
  Moment moment(IcsProperty property) {
    return moment(property, property.value());
  }

  /// A list of values.
  List<Moment> moments(IcsProperty property) {
    List<Moment> moments = new ArrayList<>();
    for (String value : property.value().split(",")) {
      int period = value.indexOf('/');
      moments.add(moment(property, period < 0 ? value : value.substring(0, period)));
    }
    return moments;
  }

  Moment moment(IcsProperty property, String text) {
    String value = text.strip();
    try {
      if (value.indexOf('T') < 0) {
        LocalDate date = LocalDate.parse(value, DateTimeFormatter.BASIC_ISO_DATE);
        return new Moment(date.atStartOfDay(), zone(property), true);
      }
      return value.endsWith("Z")
          ? new Moment(
              LocalDateTime.parse(value.substring(0, value.length() - 1), FORM),
              ZoneOffset.UTC,
              false)
          : new Moment(LocalDateTime.parse(value, FORM), zone(property), false);
    } catch (DateTimeException _) {
      throw property.wrong("expected a time like 20260302T090000Z, got \"" + value + "\"");
    }
  }

  private ZoneId zone(IcsProperty property) {
    String id = property.parameter("TZID");
    if (id.isEmpty()) {
      return floating;
    }
    String known = WINDOWS.getOrDefault(id, id);
    // Some programs put a path of their own before the name: /example.org/20210101/Asia/Tokyo.
    for (int at = 0; at >= 0; at = known.indexOf('/', at + 1)) {
      String name = known.substring(at > 0 || known.startsWith("/") ? at + 1 : 0);
      if (ZoneId.getAvailableZoneIds().contains(name)) {
        return ZoneId.of(name);
      }
    }
    throw property.wrong("no time zone is called \"" + id + "\"");
  }

  static Duration duration(IcsProperty property, String text) {
    Matcher matcher = DURATION.matcher(text.strip());
    if (!matcher.matches()) {
      throw property.wrong("expected a duration like P1D or PT8H, got \"" + text + "\"");
    }
    long seconds = 0;
    for (int i = 0; i < SECONDS.length; i++) {
      String digits = matcher.group(i + 2);
      seconds += digits == null ? 0 : Long.parseLong(digits) * SECONDS[i];
    }
    return Duration.ofSeconds("-".equals(matcher.group(1)) ? -seconds : seconds);
  }
}
