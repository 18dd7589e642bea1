package hinomi.promql.http;

import hinomi.model.BadInput;
import hinomi.model.Matcher;
import hinomi.promql.PromQl;
import hinomi.promql.parse.Numbers;
import hinomi.promql.parse.Quoting;
import hinomi.settings.Durations;
import hinomi.web.Request;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Reads the parameters of Prometheus' API: times as RFC 3339 or Unix seconds, durations as `5m` or
/// seconds. A wrong one is a [BadInput] in Prometheus' words.
final class Params {
  /// Beyond any data, yet far from overflowing: the range of dates that JavaScript knows.
  static final long FARTHEST = 8_640_000_000_000_000L;

  private static final String ASKS_NOTHING = "must contain at least one non-empty matcher";

  private final Request request;

  Params(Request request) {
    this.request = request;
  }

  String text(String name) {
    return request.param(name).orElse("");
  }

  /// The parameter `time`.
  Instant time(Instant otherwise) {
    return optionalTime("time").orElse(otherwise);
  }

  private Optional<Instant> optionalTime(String name) {
    String text = text(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<Instant> time = parsedTime(text);
    if (time.isEmpty()) {
      throw wrong(
          name,
          "Invalid time value for '"
              + name
              + "': cannot parse "
              + Quoting.quote(text)
              + " to a valid timestamp");
    }
    return time;
  }

  Instant time(String name) {
    String text = text(name);
    return parsedTime(text).orElseThrow(() -> noTime(name, text));
  }

  /// Milliseconds since the epoch.
  long millis(String name, long otherwise) {
    return optionalTime(name).map(Instant::toEpochMilli).orElse(otherwise);
  }

  Duration duration(String name) {
    String text = text(name);
    String overflow = Numbers.parse(text).isPresent() ? ". It overflows int64" : "";
    return parsedDuration(text)
        .orElseThrow(() ->
            wrong(name, "cannot parse " + Quoting.quote(text) + " to a valid duration" + overflow));
  }

  Duration duration(String name, Duration otherwise) {
    return text(name).isEmpty() ? otherwise : duration(name);
  }

  /// The parameter `lookback_delta`, whose refusal has words of its own; only above zero it
  /// replaces the configured one.
  Duration lookback(Duration otherwise) {
    String text = text("lookback_delta");
    if (text.isEmpty()) {
      return otherwise;
    }
    return parsedDuration(text)
        .map(lookback -> lookback.isPositive() ? lookback : otherwise)
        .orElseThrow(() ->
            new BadInput(
                "error parsing lookback delta duration: cannot parse "
                    + Quoting.quote(text)
                    + " to a valid duration",
                0));
  }

  /// The parameter `limit`: at most so many results; none and 0 mean all.
  int limit() {
    if (text("limit").isEmpty()) {
      return Integer.MAX_VALUE;
    }
    int limit = number(text("limit"), why -> wrong("limit", why));
    if (limit < 0) {
      throw wrong("limit", "limit must be non-negative");
    }
    return limit == 0 ? Integer.MAX_VALUE : limit;
  }

  /// The parameter `group_limit`, above zero.
  int pageSize() {
    int size =
        number(
            text("group_limit"),
            why ->
                wrong(
                    "group_limit",
                    "group_limit needs to be a valid number: " + why.replace("Atoi", "ParseInt")));
    if (size <= 0) {
      throw wrong("group_limit", "group_limit needs to be greater than 0");
    }
    return size;
  }

  /// A whole number whose refusal has a sentence of its own.
  int number(String name, int otherwise, String refusal) {
    String text = text(name);
    return text.isEmpty() ? otherwise : number(text, _ -> new BadInput(refusal, 0));
  }

  /// As Go's `strconv.Atoi` reads it and refuses it.
  private static int number(String text, Function<String, BadInput> refusal) {
    String tried = "strconv.Atoi: parsing " + Quoting.quote(text) + ": ";
    if (!text.matches("[+-]?[0-9]+")) {
      throw refusal.apply(tried + "invalid syntax");
    }
    BigInteger value = new BigInteger(text);
    if (value.bitLength() > 63) {
      throw refusal.apply(tried + "value out of range");
    }
    return Math.clamp(value.longValue(), Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  /// A truth value as Go's `strconv.ParseBool` reads it.
  ///
  /// @param refusal how the sentence of a refusal begins
  boolean flag(String name, String refusal) {
    String text = text(name);
    return switch (text) {
      case "" -> false;
      case "1", "t", "T", "true", "TRUE", "True" -> true;
      case "0", "f", "F", "false", "FALSE", "False" -> false;
      default ->
          throw wrong(
              name,
              refusal + ": strconv.ParseBool: parsing " + Quoting.quote(text) + ": invalid syntax");
    };
  }

  List<String> texts(String name) {
    return request.params(name);
  }

  /// One selector; none fits everything.
  List<Matcher> selector(String name) {
    return text(name).isEmpty() ? List.of() : selector(name, text(name));
  }

  private static List<Matcher> selector(String name, String text) {
    return selector(name, text, why -> wrong(name, why));
  }

  private static List<Matcher> selector(
      String name, String text, Function<String, BadInput> refusal) {
    try {
      return PromQl.matchers(text);
    } catch (BadInput e) {
      throw refusal.apply(
          e.reason().endsWith(ASKS_NOTHING) ? name + " " + ASKS_NOTHING : e.reason());
    }
  }

  /// The selectors of `match[]` over rules, whose refusal does not name the parameter.
  List<List<Matcher>> ruleSelectors() {
    return texts("match[]").stream()
        .distinct()
        .map(text -> selector("match[]", text, why -> new BadInput(why, 0)))
        .toList();
  }

  /// The selectors of `match[]`; each must ask for something.
  List<List<Matcher>> selectors() {
    return texts("match[]").stream().distinct().map(text -> selector("match[]", text)).toList();
  }

  /// Likewise, where there must be one.
  List<List<Matcher>> requiredSelectors() {
    if (texts("match[]").isEmpty()) {
      throw new BadInput("no match[] parameter provided", 0);
    }
    return selectors();
  }

  static BadInput wrong(String name, String why) {
    return new BadInput("invalid parameter " + Quoting.quote(name) + ": " + why, 0);
  }

  private static BadInput noTime(String name, String text) {
    return wrong(name, "cannot parse " + Quoting.quote(text) + " to a valid timestamp");
  }

  private static Optional<Instant> parsedTime(String text) {
    Optional<Double> seconds = Numbers.parse(text);
    if (seconds.isPresent()) {
      double millis = Math.rint(seconds.get() * 1000);
      return Double.isNaN(millis)
          ? Optional.empty()
          : Optional.of(Instant.ofEpochMilli(bounded((long) millis)));
    }
    try {
      Instant instant = OffsetDateTime.parse(text).toInstant();
      return Optional.of(Instant.ofEpochMilli(bounded(instant.toEpochMilli())));
    } catch (DateTimeException e) {
      return farthest(text);
    }
  }

  /// The ends of time as Go prints them, which some clients send for "everything".
  private static Optional<Instant> farthest(String text) {
    return switch (text) {
      case "-292273086-05-16T16:47:06Z" -> Optional.of(Instant.ofEpochMilli(-FARTHEST));
      case "292277025-08-18T07:12:54.999999999Z" -> Optional.of(Instant.ofEpochMilli(FARTHEST));
      default -> Optional.empty();
    };
  }

  private static long bounded(long millis) {
    return Math.clamp(millis, -FARTHEST, FARTHEST);
  }

  private static Optional<Duration> parsedDuration(String text) {
    Optional<Double> seconds = Numbers.parse(text);
    if (seconds.isEmpty()) {
      return Durations.parse(text);
    }
    double millis = Math.rint(seconds.get() * 1000);
    return Math.abs(millis) < FARTHEST
        ? Optional.of(Duration.ofMillis((long) millis))
        : Optional.empty();
  }
}
