package hinomi.promql.http;

import com.google.re2j.Pattern;
import hinomi.model.Exemplar;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.model.Metadata;
import hinomi.promql.PromQl;
import hinomi.promql.PromQlConfig;
import hinomi.promql.PrometheusApiConfig;
import hinomi.promql.SeriesSource;
import hinomi.promql.memory.MemorySeries;
import hinomi.testkit.SimTime;
import hinomi.web.EventLoops;
import hinomi.web.Routes;
import hinomi.web.WebConfig;
import hinomi.web.WebServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// The API on a port of loopback, over series in memory.
final class ApiServer implements AutoCloseable {
  static final PrometheusApiConfig WITH_ADMIN =
      new PrometheusApiConfig(true, Pattern.compile(".*"), PrometheusApiConfig.DEFAULT.maxAnswer());

  final MemorySeries source = new MemorySeries();
  final List<RuleGroup> rules = new ArrayList<>();
  final List<Target> targets = new ArrayList<>();
  final Map<Labels, List<Exemplar>> exemplars = new TreeMap<>();
  final Map<String, List<Metadata>> metadata = new TreeMap<>();

  /// What was done to the data, in words.
  final List<String> changes = new ArrayList<>();

  private final HttpClient client = HttpClient.newHttpClient();
  private final EventLoops loops = new EventLoops();
  private final WebServer server;
  private final PromQl promQl;

  ApiServer(Instant now) {
    this(now, PromQlConfig.DEFAULT, PrometheusApiConfig.DEFAULT);
  }

  ApiServer(Instant now, PromQlConfig limits, PrometheusApiConfig config) {
    this(now, limits, config, Optional.empty());
  }

  /// @param other instead of the series in memory
  ApiServer(
      Instant now, PromQlConfig limits, PrometheusApiConfig config, Optional<SeriesSource> other) {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    SimTime time = new SimTime(now);
    promQl = new PromQl(limits, other.orElse(source), time, registry);
    Routes routes = new Routes();
    new PrometheusApi(promQl, ports(now), config, time).routes(routes);
    server = WebServer.start(new WebConfig("test", "127.0.0.1", 0, 16), routes, loops, registry);
  }

  private PrometheusPorts ports(Instant now) {
    return new PrometheusPorts(
        new PrometheusPorts.Lookups(
            source, this::names, this::values, this::exemplars, () -> metadata),
        () -> rules,
        () -> targets,
        new PrometheusPorts.Admin(
            (matchers, from, to) -> changes.add("deleted " + matchers + " " + from + " " + to),
            () -> changes.add("cleaned"),
            skipHead -> "20261121T000000Z-" + (skipHead ? "blocks" : "all"),
            () -> changes.add("compacted")),
        new PrometheusPorts.Status(
            limit ->
                new StoreStatus(
                    2,
                    3,
                    4,
                    5,
                    6,
                    List.of(new StoreStatus.Count("up", 2), new StoreStatus.Count("down", 1))
                        .subList(0, Math.min(2, limit)),
                    List.of(),
                    List.of(),
                    List.of()),
            () ->
                new PrometheusPorts.ServerStatus(
                    now,
                    "web: {port: 0}\n",
                    new PrometheusPorts.Configured(now, true),
                    Map.of("web.port", "0"),
                    0,
                    "90d")));
  }

  private SortedSet<String> names(List<Matcher> matchers, long from, long to) {
    TreeSet<String> names = new TreeSet<>();
    source
        .series(matchers, from, to)
        .forEach(labels -> labels.forEach((name, _) -> names.add(name)));
    return names;
  }

  private SortedSet<String> values(String label, List<Matcher> matchers, long from, long to) {
    TreeSet<String> values = new TreeSet<>();
    source.series(matchers, from, to).forEach(labels -> values.add(labels.get(label)));
    values.remove("");
    return values;
  }

  private Map<Labels, List<Exemplar>> exemplars(List<Matcher> matchers, long from, long to) {
    Map<Labels, List<Exemplar>> found = new TreeMap<>();
    exemplars.forEach((series, all) -> {
      List<Exemplar> inside =
          all.stream().filter(one -> one.timestamp() >= from && one.timestamp() <= to).toList();
      if (Matcher.allMatch(matchers, series) && !inside.isEmpty()) {
        found.put(series, inside);
      }
    });
    return found;
  }

  int port() {
    return server.port();
  }

  /// A request to a path below `/api/v1/`, or to a whole one.
  HttpRequest.Builder at(String path) {
    String whole = path.startsWith("/") ? path : "/api/v1/" + path;
    return HttpRequest.newBuilder(URI.create(server.url() + whole)).timeout(Duration.ofSeconds(20));
  }

  HttpRequest.Builder form(String path, String form) {
    return at(path)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(form));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<byte[]> bytes(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  /// Status and body, double quotes shown as single ones.
  String get(String path) throws IOException, InterruptedException {
    return shown(send(at(path)));
  }

  String post(String path, String form) throws IOException, InterruptedException {
    return shown(send(form(path, form)));
  }

  static String shown(HttpResponse<String> response) {
    return response.statusCode() + " " + response.body().replace('"', '\'');
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.close();
    loops.close();
    promQl.close();
    client.close();
  }
}
