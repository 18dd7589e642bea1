package hinomi.oncall.ical;

import hinomi.model.BadInput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A content line (RFC 5545, 3.1): `DTSTART;TZID=Asia/Tokyo:20260302T090000`.
///
/// @param name in capitals
/// @param parameters by name in capitals
/// @param line in the file, from 1, for complaints
record IcsProperty(String name, Map<String, String> parameters, String value, int line) {
  String parameter(String key) {
    return parameters.getOrDefault(key, "");
  }

  BadInput wrong(String text) {
    return new BadInput("line " + line + ": " + name + ": " + text);
  }

  /// The value as a text (3.3.11).
  String text() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\' && i + 1 < value.length()) {
        char escaped = value.charAt(++i);
        text.append(escaped == 'n' || escaped == 'N' ? '\n' : escaped);
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  /// All properties of a file, unfolded.
  static List<IcsProperty> all(String file) {
    List<IcsProperty> all = new ArrayList<>();
    StringBuilder unfolded = new StringBuilder();
    int began = 1;
    int number = 0;
    for (String line : file.split("\r?\n", -1)) {
      number++;
      if (line.startsWith(" ") || line.startsWith("\t")) {
        unfolded.append(line, 1, line.length());
        continue;
      }
      add(all, unfolded, began);
      unfolded = new StringBuilder(line);
      began = number;
    }
    add(all, unfolded, began);
    return all;
  }

  private static void add(List<IcsProperty> all, StringBuilder unfolded, int line) {
    String text = unfolded.toString();
    if (!text.isBlank()) {
      all.add(parse(text.startsWith("\uFEFF") ? text.substring(1) : text, line));
    }
  }

  private static IcsProperty parse(String text, int line) {
    List<String> head = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ';' && !quoted) {
        head.add(part.toString());
        part.setLength(0);
      } else if (c == ':' && !quoted) {
        head.add(part.toString());
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String parameter : head.subList(1, head.size())) {
          int equals = parameter.indexOf('=');
          if (equals > 0) {
            parameters.put(
                parameter.substring(0, equals).toUpperCase(Locale.ROOT),
                parameter.substring(equals + 1));
          }
        }
        return new IcsProperty(
            head.getFirst().toUpperCase(Locale.ROOT), parameters, text.substring(i + 1), line);
      } else {
        part.append(c);
      }
    }
    throw new BadInput("line " + line + ": expected NAME:VALUE, got \"" + text + "\"");
  }
}
