package hinomi.syntheticprobes;

import com.fasterxml.jackson.core.JsonPointer;
import hinomi.settings.Section;
import hinomi.syntheticprobes.check.Check;
import hinomi.syntheticprobes.check.Expected;
import hinomi.syntheticprobes.check.StatusRange;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Reads what one probe does: its key `http` or `tcp`.
final class CheckSettings {
  private static final URI NOWHERE = URI.create("http://nowhere.invalid/");

  private CheckSettings() {}

  static Check read(Section probe, Variables variables) {
    boolean http = probe.has("http");
    boolean tcp = probe.has("tcp");
    if (http && tcp) {
      probe.mistake("tcp", "a probe has either \"http\" or \"tcp\", not both");
    }
    if (!http && !tcp) {
      probe.mistake("http", "is missing: a probe needs \"http\" or \"tcp\"");
    }
    // Both are read even when only one can be: each may hold more mistakes.
    Optional<Check> second =
        tcp ? Optional.of(tcp(probe.section("tcp"), variables)) : Optional.empty();
    return http || second.isEmpty() ? http(probe.section("http"), http, variables) : second.get();
  }

  private static Check.Http http(Section section, boolean given, Variables variables) {
    URI url = given ? section.required("url", NOWHERE, text -> url(variables.fill(text))) : NOWHERE;
    Map<String, String> headers = new LinkedHashMap<>();
    section
        .map("headers")
        .forEach((name, value) -> {
          if (name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+") && !value.matches("(?s).*[\r\n].*")) {
            headers.put(name, value);
          } else {
            section.section("headers").mistake(name, "is no HTTP header");
          }
        });
    String method =
        section.value(
            "method",
            "GET",
            text -> {
              if (!text.matches("[A-Z]{1,16}")) {
                throw new IllegalArgumentException(
                    "expected a method like GET, got \"" + text + "\"");
              }
              return text;
            });
    return new Check.Http(
        url,
        method,
        headers,
        section.text("body", ""),
        section.flag("follow-redirects", true),
        section.flag("verify-certificate", true),
        expected(section));
  }

  private static Expected expected(Section section) {
    List<StatusRange> status = new ArrayList<>();
    for (String text : section.texts("status")) {
      Optional<StatusRange> range = StatusRange.parse(text);
      if (range.isPresent()) {
        status.add(range.get());
      } else {
        section.mistake("status", "expected 200, 2xx or 200-299, got \"" + text + "\"");
      }
    }
    if (status.isEmpty()) {
      status.add(new StatusRange(200, 299));
    }
    Map<JsonPointer, String> json = new LinkedHashMap<>();
    Section pointers = section.section("json");
    for (String key : pointers.keys()) {
      String value = pointers.text(key, "");
      try {
        json.put(JsonPointer.compile(key), value);
      } catch (IllegalArgumentException _) {
        pointers.mistake(key, "expected a JSON pointer (RFC 6901) like /status");
      }
    }
    return new Expected(
        status,
        section.texts("contains"),
        section.value("matches", Optional.empty(), CheckSettings::pattern),
        section.value("matches-not", Optional.empty(), CheckSettings::pattern),
        json,
        optional(section, "faster-than"),
        optional(section, "certificate-valid-for"));
  }

  private static Optional<Duration> optional(Section section, String key) {
    Duration value = section.duration(key, Duration.ZERO);
    return value.isZero() ? Optional.empty() : Optional.of(value);
  }

  private static Optional<Pattern> pattern(String text) {
    try {
      return Optional.of(Pattern.compile(text));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "not a regular expression: " + e.getDescription() + " at " + e.getIndex(), e);
    }
  }

  private static URI url(String text) {
    URI uri = URI.create(text);
    boolean known = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!known || uri.getHost() == null) {
      throw new IllegalArgumentException(
          "expected a URL like https://host:port/path, got \"" + text + "\"");
    }
    if (uri.getUserInfo() != null) {
      throw new IllegalArgumentException(
          "a URL with a password would be shown to everybody: use the header Authorization");
    }
    return uri;
  }

  private static Check.Tcp tcp(Section section, Variables variables) {
    String address =
        section.required(
            "address",
            "nowhere.invalid:1",
            text -> {
              // A variable may be a whole URL: only its host and port count.
              String filled =
                  variables.fill(text).replaceFirst("^[a-z]+://", "").replaceFirst("/.*", "");
              int colon = filled.lastIndexOf(':');
              if (!filled.matches("(\\[[0-9a-fA-F:.]+]|[^:/\\s]+):\\d{1,5}")
                  || Integer.parseInt(filled.substring(colon + 1)) > 65_535) {
                throw new IllegalArgumentException("expected host:port, got \"" + filled + "\"");
              }
              return filled;
            });
    int colon = address.lastIndexOf(':');
    return new Check.Tcp(
        address.substring(0, colon).replaceAll("[\\[\\]]", ""),
        Integer.parseInt(address.substring(colon + 1)),
        section.flag("tls", false),
        section.flag("verify-certificate", true),
        section.text("send", ""),
        section.value("expect", Optional.empty(), CheckSettings::pattern),
        optional(section, "certificate-valid-for"));
  }
}
