package hinomi.alertengine.http.alertmanager;

import hinomi.alertengine.silence.Draft;
import hinomi.alertengine.silence.Silence;
import hinomi.alertengine.silence.SilenceBook;
import hinomi.model.BadInput;
import hinomi.model.Matcher;
import hinomi.model.Missing;
import hinomi.model.Time;
import hinomi.web.Reply;
import hinomi.web.Request;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// `/api/v2/silences` and `/api/v2/silence/{id}`.
final class SilenceEndpoints {
  private static final Pattern UUID =
      Pattern.compile("(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}");

  private static final int MAX_NAME = 200;

  private final SilenceBook silences;
  private final Time time;

  SilenceEndpoints(SilenceBook silences, Time time) {
    this.silences = silences;
    this.time = time;
  }

  Reply list(Request request) {
    Instant now = time.now();
    List<Matcher> filter = Questions.matchers(request, "filter");
    return Reply.json(
            silences.all().stream()
                .filter(silence -> Questions.flag(request, word(silence, now)))
                .filter(silence -> silence.matchers().containsAll(filter))
                .map(silence -> Shapes.silence(silence, now))
                .toList())
        .gzippedFor(request);
  }

  private static String word(Silence silence, Instant now) {
    return switch (silence.state(now)) {
      case ACTIVE -> "active";
      case PENDING -> "pending";
      case EXPIRED -> "expired";
    };
  }

  Reply set(Request request) {
    Silence silence = silences.set(draft(Body.of(request, "silence").object()));
    return Reply.json(Map.of("silenceID", silence.id()));
  }

  private static Draft draft(Body body) {
    body.require("comment", "createdBy", "endsAt", "matchers", "startsAt");
    List<Body> items = body.field("matchers").items();
    if (items.isEmpty()) {
      throw Refused.invalid(Refused.TOO_FEW, "matchers in body should have at least 1 items");
    }
    items.forEach(item -> item.require("isRegex", "name", "value"));
    Optional<Instant> endsAt = body.time("endsAt");
    Instant startsAt = body.time("startsAt").orElse(Instant.EPOCH);
    return new Draft(
        body.text("id"),
        matchers(items),
        startsAt,
        endsAt.orElse(startsAt),
        body.text("createdBy"),
        body.text("comment"),
        body.texts("annotations"));
  }

  private static List<Matcher> matchers(List<Body> items) {
    List<Matcher> matchers = new ArrayList<>();
    for (Body item : items) {
      try {
        matchers.add(matcher(item));
      } catch (BadInput e) {
        throw new BadInput(
            item.shown(
                item.text("name").isEmpty() ? "name" : "value",
                "invalid silence: invalid label matcher " + matchers.size() + ": " + e.reason()));
      }
    }
    return matchers;
  }

  private static Matcher matcher(Body item) {
    boolean equal = item.flag("isEqual", true);
    boolean regex = item.flag("isRegex", false);
    String name = item.text("name");
    if (name.isEmpty()) {
      throw new BadInput("invalid label name \"\"");
    }
    Matcher.Kind kind =
        regex
            ? equal ? Matcher.Kind.REGEX : Matcher.Kind.NOT_REGEX
            : equal ? Matcher.Kind.EQUAL : Matcher.Kind.NOT_EQUAL;
    return new Matcher(kind, name, item.text("value"));
  }

  Reply get(Request request) {
    return silences
        .find(id(request))
        .map(silence -> Reply.json(Shapes.silence(silence, time.now())))
        .orElseGet(() -> Reply.empty(404));
  }

  Reply expire(Request request) {
    try {
      Silence _ = silences.expire(id(request), by(request));
      return Reply.empty(200);
    } catch (Missing _) {
      return Reply.empty(404);
    }
  }

  /// Alertmanager's API knows nobody.
  private static String by(Request request) {
    String by = request.param("by").orElse("").strip();
    if (by.length() > MAX_NAME) {
      throw new BadInput("by has at most " + MAX_NAME + " characters");
    }
    return by.isEmpty() ? "api" : by;
  }

  private static String id(Request request) {
    String id = request.captured("id");
    if (!UUID.matcher(id).matches()) {
      throw Refused.invalid(Refused.TYPE, "silenceID in path must be of type uuid: \"" + id + "\"");
    }
    return id;
  }
}
