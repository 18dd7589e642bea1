import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import hinomi.model.Labels;
import hinomi.model.Sample;
import hinomi.wire.RemoteWrite;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// From the sample that crosses a threshold to the webhook's arrival here, while 1,000 other rules
/// are evaluated every 15 s and 100,000 other samples a second come in.
///
///     benchmarks/alert-latency [--trials 1000] [--rules 1000] [--rate 100000]
///     benchmarks/alert-latency PROMETHEUS ALERTMANAGER [--settings default|fastest] [--trials 10]
///
/// The first form measures ours, the second the peers: `default` is a rule interval of a minute, a
/// scrape of 15 s and Alertmanager's `group_wait` of 30 s, `fastest` is one second and none. Each
/// trial is a series, and so an alert, of its own: known before with 0, then 1, and 0 again when
/// the webhook was there. Ours come one after the other, a random while apart; the peers' at the
/// same time, each at a phase of its own. What is measured begins before the sample is sent and ends
/// when the webhook's body has been read; it is charged with the sender's own work, on the same
/// machine.
final class AlertLatency {
  private static final int PER_HOST = 100;
  private static final String METRIC = "bench_alert_value";
  private static final Pattern TRIAL = Pattern.compile("trial-(\\d+)-");
  private static final long TIMEOUT_SECONDS = 120;
  private static final int WARM_SECONDS = 20;
  private static final int GAP_MILLIS = 80;

  private final Words read;
  private final Path scratch;
  private final int trials;
  private final int port;
  private final Map<Integer, CompletableFuture<Long>> arrivals = new ConcurrentHashMap<>();

  private AlertLatency(Words read, Path scratch) {
    this.read = read;
    this.scratch = scratch;
    this.trials = read.whole("--trials", read.others().isEmpty() ? 1000 : 10);
    this.port = read.whole("--port", 19_480);
  }

  public static void main(String[] words) throws Exception {
    Words read =
        Words.of(
            words, Set.of("--trials", "--rules", "--rate", "--settings", "--scratch", "--port"));
    Path scratch =
        Files.createTempDirectory(
            Path.of(read.text("--scratch", System.getProperty("java.io.tmpdir"))), "hinomi-bench-");
    try {
      new AlertLatency(read, scratch).run();
    } finally {
      Contestant.delete(scratch);
    }
    System.exit(0); // servers that still stand are ended by their hooks
  }

  private void run() throws Exception {
    HttpServer webhook = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 64);
    webhook.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    webhook.createContext("/", this::received);
    webhook.start();
    String hook = "http://127.0.0.1:" + webhook.getAddress().getPort() + "/";
    boolean ours = read.others().isEmpty();
    int hosts = (int) Math.max(1, read.number("--rate", 100_000) / PER_HOST);
    Fleet fleet = new Fleet(hosts, PER_HOST, 3);
    boolean fastest = read.text("--settings", "default").equals("fastest");
    int seconds =
        WARM_SECONDS + (ours ? trials * (GAP_MILLIS + 40) / 1000 + 5 : fastest ? 20 : 110);
    // Samples are of the time at which they are sent; making them takes a while.
    long first = System.currentTimeMillis() + 15_000L + seconds * 100L;
    List<Bodies.Body> bodies =
        Bodies.of(
            scratch.resolve("bodies"),
            fleet,
            new Bodies.Scrapes(first, 1000, seconds),
            new Bodies.Shape(1, 2000));
    Contestant server = ours ? ours(hook, fleet) : peers(hook, fleet, fastest);
    try (server) {
      Thread.sleep(Math.max(0, first - System.currentTimeMillis()));
      AtomicBoolean over = new AtomicBoolean();
      Thread load = Thread.ofPlatform().start(() -> load(bodies, hosts * PER_HOST, over));
      push(0, trials, 0);
      Thread.sleep(WARM_SECONDS * 1000L);
      long from = System.currentTimeMillis();
      double before = ours ? appended(server) : 0;
      double[] millis = ours ? oneByOne() : together(fastest ? 15 : 60);
      print(
          ours ? "Hinomi" : "Prometheus and Alertmanager, " + (fastest ? "fastest" : "default"),
          millis);
      if (ours) {
        double took = (System.currentTimeMillis() - from) / 1000.0;
        System.out.printf(
            Locale.ROOT,
            "  beside it %,.0f samples/s were stored%n",
            (appended(server) - before) / took);
        Thread.sleep(3000); // spans are kept in batches
        stages(server, from);
      }
      over.set(true);
    }
    webhook.stop(0);
  }

  private void load(List<Bodies.Body> bodies, int rate, AtomicBoolean over) {
    try {
      Load.Result result = Load.send(port, bodies, rate);
      System.out.printf(
          Locale.ROOT,
          "other load: %,.0f samples/s, requests p50 %.1f ms, p99 %.1f ms%n",
          result.rate(),
          result.millis(.5),
          result.millis(.99));
    } catch (Exception e) {
      if (!over.get()) {
        System.err.println("the load ends: " + e);
      }
    }
  }

  private Contestant ours(String hook, Fleet fleet) throws Exception {
    Path config = Files.createDirectories(scratch.resolve("config/rules")).getParent();
    rules(config.resolve("rules/bench.yml"), fleet, "    hinomi: {trigger: push}\n", "15s");
    Files.writeString(
        config.resolve("hinomi.yaml"),
        "delivery: {webhook: {url: \"" + hook + "\"}}\nalerting: {group-by: [trial]}\n");
    return Contestant.start(
        Contestant.Kind.HINOMI,
        Path.of(System.getProperty("hinomi.home"), "hinomi"),
        scratch.resolve("data"),
        port,
        List.of("--config", config.toString()));
  }

  private void rules(Path file, Fleet fleet, String more, String interval) throws IOException {
    String bench =
        """
        - name: bench
          interval: %s
          rules:
          - alert: Bench
            expr: %s > 0.5
            labels: {severity: page}
        """
            .formatted(interval, METRIC);
    RuleFiles.write(file, fleet, PER_HOST, read.whole("--rules", 1000), bench + more);
  }

  private Contestant peers(String hook, Fleet fleet, boolean fastest) throws Exception {
    Path rules = scratch.resolve("rules.yml");
    rules(rules, fleet, "", fastest ? "1s" : "1m");
    int alertmanagerPort = port + 1;
    Files.writeString(
        scratch.resolve("prometheus.yml"),
        """
        global: {scrape_interval: 15s}
        rule_files: [%s]
        alerting: {alertmanagers: [{static_configs: [{targets: ['127.0.0.1:%d']}]}]}
        """
            .formatted(rules, alertmanagerPort));
    Path config = scratch.resolve("alertmanager.yml");
    Files.writeString(
        config,
        """
        route: {receiver: w, group_by: [trial]%s}
        receivers: [{name: w, webhook_configs: [{url: '%s'}]}]
        """
            .formatted(fastest ? ", group_wait: 0s" : "", hook));
    Process alertmanager =
        new ProcessBuilder(
                read.others().get(1),
                "--config.file=" + config,
                "--storage.path=" + scratch.resolve("alertmanager"),
                "--web.listen-address=127.0.0.1:" + alertmanagerPort,
                "--cluster.listen-address=",
                "--log.level=warn")
            .inheritIO()
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(alertmanager::destroyForcibly));
    return Contestant.start(
        Contestant.Kind.PROMETHEUS,
        Path.of(read.others().getFirst()),
        scratch.resolve("data"),
        port);
  }

  private void received(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    long now = System.nanoTime();
    Matcher trial = TRIAL.matcher(body);
    while (trial.find()) {
      CompletableFuture<Long> arrival = arrivals.get(Integer.parseInt(trial.group(1)));
      if (arrival != null) {
        arrival.complete(now);
      }
    }
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  private double[] oneByOne() throws Exception {
    Random random = new Random(1);
    double[] millis = new double[trials];
    for (int trial = 0; trial < trials; trial++) {
      Thread.sleep(GAP_MILLIS / 2 + random.nextInt(GAP_MILLIS));
      millis[trial] = cross(trial);
    }
    return millis;
  }

  private double[] together(int spreadSeconds) throws Exception {
    double[] millis = new double[trials];
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < trials; i++) {
      int trial = i;
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                try {
                  Thread.sleep(spreadSeconds * 1000L * trial / trials);
                  millis[trial] = cross(trial);
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return millis;
  }

  /// What one trial took, milliseconds; infinite when nothing came.
  private double cross(int trial) throws Exception {
    CompletableFuture<Long> arrival = new CompletableFuture<>();
    arrivals.put(trial, arrival);
    long begin = System.nanoTime();
    push(trial, trial + 1, 1);
    double took;
    try {
      took = (arrival.get(TIMEOUT_SECONDS, TimeUnit.SECONDS) - begin) / 1e6;
    } catch (TimeoutException e) {
      took = Double.POSITIVE_INFINITY;
    }
    push(trial, trial + 1, 0);
    return took;
  }

  private void push(int from, int to, double value) throws IOException {
    List<Sample> samples = new ArrayList<>();
    long now = System.currentTimeMillis();
    for (int trial = from; trial < to; trial++) {
      Labels labels = Labels.of(Labels.NAME, METRIC, "trial", "trial-" + trial + "-");
      samples.add(new Sample(labels, now, value));
    }
    byte[] body = RemoteWrite.encode(samples);
    try (Connection connection = new Connection(port)) {
      Connection.Answer answer =
          connection.write(new Bodies.Body(samples.size(), 0, MemorySegment.ofArray(body)));
      if (!answer.good()) {
        throw new IOException(answer.status() + " " + answer.text());
      }
    }
  }

  /// How many samples the server has stored, by its own count.
  private static double appended(Contestant server) {
    return new String(server.get("/metrics"), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith("hinomi_metricstore_appended_total"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static void print(String who, double[] millis) {
    double[] sorted = millis.clone();
    Arrays.sort(sorted);
    System.out.printf(
        Locale.ROOT,
        "%s: %d trials, p50 %,.1f ms, p99 %,.1f ms, max %,.1f ms, over 1 s: %d%n",
        who,
        sorted.length,
        sorted[(sorted.length - 1) / 2],
        sorted[Math.min(sorted.length - 1, sorted.length * 99 / 100)],
        sorted[sorted.length - 1],
        Arrays.stream(sorted).filter(took -> took > 1000).count());
  }

  /// Where the time went, by the product's own spans.
  private static void stages(Contestant server, long from) {
    for (String stage :
        List.of("arrival", "queue", "evaluate", "record", "outbox wait", "deliver")) {
      String query = "{job=\"hinomi\", kind=\"trace\"} |= `name=\"" + stage + "\"`";
      if (stage.equals("deliver")) {
        query += " |= `target=\"webhook\"`"; // mails go besides
      }
      String path =
          "/loki/api/v1/query_range?limit=5000&start="
              + from
              + "000000&query="
              + URLEncoder.encode(query, StandardCharsets.UTF_8);
      Matcher took =
          Pattern.compile("took=([0-9.]+)ms")
              .matcher(new String(server.get(path), StandardCharsets.UTF_8));
      double[] sorted =
          took.results()
              .mapToDouble(result -> Double.parseDouble(result.group(1)))
              .sorted()
              .toArray();
      if (sorted.length > 0) {
        System.out.printf(
            Locale.ROOT,
            "  %-12s p50 %7.2f ms, p99 %7.2f ms, max %8.2f ms (%d spans)%n",
            stage,
            sorted[(sorted.length - 1) / 2],
            sorted[Math.min(sorted.length - 1, sorted.length * 99 / 100)],
            sorted[sorted.length - 1],
            sorted.length);
      }
    }
  }
}
