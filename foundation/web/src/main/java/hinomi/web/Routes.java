package hinomi.web;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Which endpoint answers which method and path. A pattern is a path whose segments may be
/// `{name}`, which captures one segment, or at its end `{name...}`, which captures the rest with
/// its slashes. Where two patterns fit, the one with the longer literal beginning wins.
public final class Routes {
  /// What a body may weigh where a route says nothing: 1 MiB.
  public static final long DEFAULT_MAX_BODY = 1 << 20;

  private final List<Route> routes;

  /// Those that capture nothing, by method and path, as nearly all requests are found.
  private final Map<String, Route> literal;

  /// Whether what is added here is a question.
  private final boolean question;

  public Routes() {
    this(new ArrayList<>(), new HashMap<>(), false);
  }

  private Routes(List<Route> routes, Map<String, Route> literal, boolean question) {
    this.routes = routes;
    this.literal = literal;
    this.question = question;
  }

  /// The same routes, but for what is added to them: its endpoints may compute for long, and are
  /// answered on platform threads with what others leave of the processors.
  public Routes questions() {
    return new Routes(routes, literal, true);
  }

  /// A route and what its pattern captured.
  record Found(Route route, Map<String, String> captured) {}

  /// What a route does with a body.
  ///
  /// @param maxBytes that arrive at most, as sent
  /// @param form whether `application/x-www-form-urlencoded` is read as parameters; a receiver of
  ///   data takes every body raw, for senders such as curl name that type whatever they send
  record Body(long maxBytes, boolean form) {
    static final Body FORM = new Body(DEFAULT_MAX_BODY, true);

    static Body raw(long maxBytes) {
      return new Body(maxBytes, false);
    }
  }

  /// A pattern with its endpoint.
  record Route(
      String method,
      String pattern,
      List<String> segments,
      Body body,
      boolean question,
      Endpoint endpoint) {
    int literal() {
      int n = 0;
      while (n < segments.size() && !segments.get(n).startsWith("{")) {
        n++;
      }
      return n;
    }

    boolean open() {
      return !segments.isEmpty() && segments.getLast().endsWith("...}");
    }
  }

  public Routes get(String pattern, Endpoint endpoint) {
    return add("GET", pattern, Body.FORM, endpoint);
  }

  public Routes post(String pattern, Endpoint endpoint) {
    return add("POST", pattern, Body.FORM, endpoint);
  }

  /// A receiver of data: its body is never read as a form.
  ///
  /// @param maxBody bytes that arrive at most, as sent; more is answered with 413
  public Routes post(String pattern, long maxBody, Endpoint endpoint) {
    return add("POST", pattern, Body.raw(maxBody), endpoint);
  }

  public Routes put(String pattern, long maxBody, Endpoint endpoint) {
    return add("PUT", pattern, Body.raw(maxBody), endpoint);
  }

  public Routes delete(String pattern, Endpoint endpoint) {
    return add("DELETE", pattern, Body.FORM, endpoint);
  }

  /// GET, and POST with a form, as the query APIs of Prometheus and Loki take both.
  public Routes getOrPost(String pattern, Endpoint endpoint) {
    return get(pattern, endpoint).post(pattern, endpoint);
  }

  /// POST and PUT with a form, as the administrative APIs of Prometheus take both.
  public Routes postOrPut(String pattern, Endpoint endpoint) {
    return post(pattern, endpoint).add("PUT", pattern, Body.FORM, endpoint);
  }

  /// What a browser asks before it lets a page of another origin ask (Fetch Standard, "CORS
  /// protocol").
  public Routes options(String pattern, Endpoint endpoint) {
    return add("OPTIONS", pattern, Body.FORM, endpoint);
  }

  private Routes add(String method, String pattern, Body body, Endpoint endpoint) {
    for (Route route : routes) {
      if (route.method().equals(method) && route.pattern().equals(pattern)) {
        throw new IllegalStateException("BUG: two endpoints for " + method + " " + pattern);
      }
    }
    Route route = new Route(method, pattern, segments(pattern), body, question, endpoint);
    routes.add(route);
    if (route.literal() == route.segments().size()) {
      literal.put(key(method, pattern), route);
    }
    return this;
  }

  private static String key(String method, String path) {
    return method + ' ' + path;
  }

  /// The route for a raw, still encoded path; empty when no pattern fits.
  Optional<Found> find(String method, String rawPath) {
    Route exact = literal.get(key(method, rawPath));
    if (exact != null) {
      return Optional.of(new Found(exact, Map.of())); // nothing is longer than the whole path
    }
    List<String> path = decodedSegments(rawPath);
    Optional<Found> best = Optional.empty();
    for (Route route : routes) {
      if (route.method().equals(method) && fits(route, path) && better(route, best)) {
        best = Optional.of(new Found(route, capture(route, path)));
      }
    }
    return best;
  }

  /// The methods that a path has, for 405.
  Set<String> methods(String rawPath) {
    Set<String> methods = new TreeSet<>();
    List<String> path = decodedSegments(rawPath);
    for (Route route : routes) {
      if (fits(route, path)) {
        methods.add(route.method());
      }
    }
    return methods;
  }

  private static boolean better(Route route, Optional<Found> best) {
    if (best.isEmpty()) {
      return true;
    }
    Route other = best.get().route();
    return route.literal() > other.literal()
        || (route.literal() == other.literal() && other.open() && !route.open());
  }

  private static boolean fits(Route route, List<String> path) {
    List<String> segments = route.segments();
    if (route.open() ? path.size() < segments.size() : path.size() != segments.size()) {
      return false;
    }
    for (int i = 0; i < segments.size(); i++) {
      String segment = segments.get(i);
      if (!segment.startsWith("{") && !segment.equals(path.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static Map<String, String> capture(Route route, List<String> path) {
    Map<String, String> captured = new LinkedHashMap<>();
    List<String> segments = route.segments();
    for (int i = 0; i < segments.size(); i++) {
      String segment = segments.get(i);
      if (segment.endsWith("...}")) {
        List<String> rest = path.subList(i, path.size());
        captured.put(segment.substring(1, segment.length() - 4), String.join("/", rest));
      } else if (segment.startsWith("{")) {
        captured.put(segment.substring(1, segment.length() - 1), path.get(i));
      }
    }
    return captured;
  }

  private static List<String> segments(String path) {
    return path.equals("/") ? List.of() : List.of(path.substring(1).split("/", -1));
  }

  private static List<String> decodedSegments(String rawPath) {
    List<String> raw = segments(rawPath);
    return rawPath.indexOf('%') < 0 ? raw : raw.stream().map(Routes::decoded).toList();
  }

  private static String decoded(String segment) {
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return segment; // a bad escape matches nothing that was meant
    }
  }
}
