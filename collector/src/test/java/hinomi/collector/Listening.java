package hinomi.collector;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.collector.http.CollectorRoutes;
import hinomi.model.Admission;
import hinomi.model.Exemplar;
import hinomi.model.HistogramSample;
import hinomi.model.LogRecord;
import hinomi.model.Metadata;
import hinomi.model.Sample;
import hinomi.model.Unavailable;
import hinomi.model.WriteBatch;
import hinomi.testkit.SimTime;
import hinomi.web.EventLoops;
import hinomi.web.Routes;
import hinomi.web.WebConfig;
import hinomi.web.WebServer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/// A collector behind a real listener on a free port, handing over to lists that can be switched
/// off.
public final class Listening implements AutoCloseable {
  private static final String OF_THE_TEST = "out_of_order";

  public final SimTime time;
  public final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  public final List<Sample> samples;
  public final List<LogRecord> logs = new CopyOnWriteArrayList<>();
  public final Collector collector;
  private final MemoryStore store;
  public final MemoryStore past;

  /// What the stores answer while it is not empty.
  public volatile String broken = "";

  private final EventLoops loops = new EventLoops();
  private final HttpClient client = HttpClient.newHttpClient();
  private final WebServer server;

  private final Set<Meter.Id> dropped;

  public Listening(Path directory, Instant now) {
    this.time = new SimTime(now);
    this.store = new MemoryStore(time);
    this.past = new MemoryStore(time);
    this.samples = store.samples;
    CollectorConfig config = CollectorConfig.of(directory);
    this.collector =
        new Collector(
            config,
            new CollectorPorts(this::storeSamples, this::storePast, this::storeLogs),
            time,
            registry);
    this.dropped = dropped();
    Routes routes = new Routes();
    new CollectorRoutes(collector, config, time, registry).routes(routes);
    this.server =
        WebServer.start(new WebConfig("test", "127.0.0.1", 0, 16), routes, loops, registry);
  }

  /// Ids of the counters of what was dropped.
  private Set<Meter.Id> dropped() {
    return registry.find("hinomi.collector.dropped").counters().stream()
        .map(Counter::getId)
        .filter(id -> !OF_THE_TEST.equals(id.getTag("reason")))
        .collect(Collectors.toSet());
  }

  private Admission storeSamples(WriteBatch batch) {
    breakIfBroken();
    return store.append(batch);
  }

  private Admission storePast(WriteBatch batch) {
    breakIfBroken();
    return past.append(batch);
  }

  private Admission storeLogs(List<LogRecord> batch) {
    breakIfBroken();
    logs.addAll(batch);
    return Admission.all(batch.size());
  }

  private void breakIfBroken() {
    if (!broken.isEmpty()) {
      throw new Unavailable(broken);
    }
  }

  /// @param headers names and values in turn
  public HttpResponse<byte[]> send(String method, String path, byte[] body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .timeout(Duration.ofSeconds(10))
            .method(method, BodyPublishers.ofByteArray(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try {
      return client.send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(method + " " + path + ": " + e, e);
    }
  }

  public int count(String name, String... tags) {
    return (int)
        registry.find(name).tags(tags).counters().stream().mapToDouble(Counter::count).sum();
  }

  public List<HistogramSample> histograms() {
    return store.histograms;
  }

  public List<Exemplar> exemplars() {
    return store.exemplars;
  }

  public List<Metadata> metadata() {
    return store.metadata;
  }

  /// From now on samples of a metric with this name are refused by the store.
  public void refuse(String metric) {
    store.refusedMetric = metric;
  }

  /// What was stored since the last call.
  public List<Sample> takeSamples() {
    return store.takeSamples();
  }

  @Override
  public void close() {
    collector.close();
    server.close();
    client.close();
    loops.close();
    assertThat(dropped)
        .as("counters that begin at zero; a rule does not see the first increase of others")
        .containsAll(dropped());
  }
}
