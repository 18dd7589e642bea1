package hinomi.alertengine.http.alertmanager;

import hinomi.alertengine.route.MatcherText;
import hinomi.model.BadInput;
import hinomi.model.Matcher;
import hinomi.web.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Parameters of questions, read as Alertmanager reads them.
final class Questions {
  /// What go-openapi takes for true; all else is false.
  private static final Set<String> TRUE =
      Set.of("true", "1", "yes", "ok", "y", "on", "selected", "checked", "t", "enabled");

  private Questions() {}

  static boolean flag(Request request, String name) {
    return request
        .param(name)
        .map(text -> TRUE.contains(text.toLowerCase(Locale.ROOT)))
        .orElse(true);
  }

  /// One matcher in each.
  static List<Matcher> matchers(Request request, String name) {
    List<Matcher> matchers = new ArrayList<>();
    for (String text : request.params(name)) {
      try {
        matchers.add(MatcherText.one(text));
      } catch (BadInput e) {
        throw new BadInput("bad matcher format: " + text + ": " + e.reason());
      }
    }
    return matchers;
  }

  /// A regular expression for the whole name of a receiver.
  static Optional<Matcher> receiver(Request request) {
    return request
        .param("receiver")
        .map(text -> {
          try {
            return new Matcher(Matcher.Kind.REGEX, "receiver", text);
          } catch (BadInput e) {
            throw new BadInput("failed to parse receiver param: " + e.reason());
          }
        });
  }
}
