package hinomi.agent.host;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a time daemon says of this host's clock.
///
/// @param synchronised whether the daemon follows a source at all
/// @param offsetSeconds positive: the local clock is slow
record ClockAnswer(boolean synchronised, double offsetSeconds) {
  private static final int CHRONY_OFFSET = 4;
  private static final int CHRONY_LEAP = 13;
  private static final Pattern NTP_OFFSET = Pattern.compile("\\boffset=([-+0-9.eE]+)");
  private static final Pattern NTP_LEAP = Pattern.compile("\\bleap=(\\w+)");

  /// The one line of `chronyc -c tracking`: reference id, address, stratum, reference time, system
  /// time offset in seconds, …, leap status.
  static Optional<ClockAnswer> ofChrony(String output) {
    String[] fields = output.strip().split(",");
    if (fields.length <= CHRONY_LEAP) {
      return Optional.empty();
    }
    return number(fields[CHRONY_OFFSET])
        .map(offset ->
            new ClockAnswer(!fields[CHRONY_LEAP].strip().equals("Not synchronised"), offset));
  }

  /// The variables of `ntpq -c rv`: `leap=00, stratum=3, offset=-0.123`, the offset in
  /// milliseconds.
  static Optional<ClockAnswer> ofNtpd(String output) {
    Matcher offset = NTP_OFFSET.matcher(output);
    Matcher leap = NTP_LEAP.matcher(output);
    if (!offset.find() || !leap.find()) {
      return Optional.empty();
    }
    // 11, or alarm: the clock has never been set.
    boolean synchronised = !leap.group(1).equals("11") && !leap.group(1).equals("alarm");
    return number(offset.group(1)).map(millis -> new ClockAnswer(synchronised, millis / 1000));
  }

  private static Optional<Double> number(String text) {
    try {
      return Optional.of(Double.parseDouble(text));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }
}
