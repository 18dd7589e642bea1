package hinomi.web;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads `a=b&c=d` of URLs and form bodies (WHATWG URL, application/x-www-form-urlencoded).
final class Parameters {
  private static final int MAX = 1_000;

  private final Map<String, List<String>> values = new LinkedHashMap<>();
  private int count;

  void add(String encoded) {
    for (String pair : encoded.split("&")) {
      if (!pair.isEmpty() && count++ < MAX) {
        int equals = pair.indexOf('=');
        String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
        String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
        values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
      }
    }
  }

  Map<String, List<String>> all() {
    return values;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new hinomi.model.BadInput("bad percent-encoding in \"" + text + "\"");
    }
  }
}
