package hinomi.oncall.ical;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Writes content lines: texts escaped (RFC 5545, 3.3.11), lines folded at 75 octets without
/// splitting a character (3.1), ended by CRLF. One thread.
final class IcsLines {
  private static final int MAX_OCTETS = 75;
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final StringBuilder out = new StringBuilder();

  IcsLines line(String name, String value) {
    String line = name + ":" + value;
    int octets = 0;
    for (int i = 0; i < line.length(); ) {
      int c = line.codePointAt(i);
      String character = Character.toString(c);
      int length = character.getBytes(StandardCharsets.UTF_8).length;
      if (octets + length > MAX_OCTETS) {
        out.append("\r\n ");
        octets = 1;
      }
      out.append(character);
      octets += length;
      i += Character.charCount(c);
    }
    out.append("\r\n");
    return this;
  }

  IcsLines text(String name, String value) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\\', ';', ',' -> escaped.append('\\').append(c);
        case '\n' -> escaped.append("\\n");
        default -> {
          if (c >= ' ' || c == '\t') { // other control characters are not allowed in a text
            escaped.append(c);
          }
        }
      }
    }
    return line(name, escaped.toString());
  }

  /// In UTC, which needs no VTIMEZONE and means the same to every program.
  IcsLines time(String name, Instant at) {
    return line(name, UTC.format(at));
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
