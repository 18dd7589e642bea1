package hinomi.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The configuration as it may be shown to whoever asks: what looks like a secret is left out.
///
/// @param text of `hinomi.yaml`
/// @param overrides given at the start, by dotted key
record ShownConfig(String text, Map<String, String> overrides) {
  private static final String SECRET = "<secret>";
  private static final Pattern SECRET_KEY =
      Pattern.compile("(?i)password|secret|token|credential|private-key|api-key");
  private static final Pattern SECRET_LINE =
      Pattern.compile(
          "(?im)^(\\s*[\\w.-]*(?:password|secret|token|credential|private-key|api-key)[\\w.-]*\\s*:)["
              + " \\t]*\\S.*$");

  /// Addresses may carry a user and a password.
  private static final Pattern USER_INFO = Pattern.compile("(://)[^/@\\s]+@");

  ShownConfig {
    overrides = Map.copyOf(overrides);
  }

  static ShownConfig of(Path file, Map<String, String> overrides) {
    Map<String, String> shown = new TreeMap<>();
    overrides.forEach((key, value) ->
        shown.put(
            key,
            SECRET_KEY.matcher(key).find()
                ? SECRET
                : USER_INFO.matcher(value).replaceAll("$1" + SECRET + "@")));
    return new ShownConfig(withoutSecrets(read(file)), shown);
  }

  static String withoutSecrets(String yaml) {
    String lines = SECRET_LINE.matcher(yaml).replaceAll("$1 " + SECRET);
    return USER_INFO.matcher(lines).replaceAll("$1" + SECRET + "@");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return ""; // it was read a moment ago; whoever took it away knows
    }
  }
}
