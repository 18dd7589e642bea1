package hinomi.agent;

import hinomi.agent.host.HostReader;
import hinomi.agent.ship.Courier;
import hinomi.agent.ship.Shipper;
import hinomi.agent.spool.Spool;
import hinomi.agent.spool.SpoolLimit;
import hinomi.agent.spool.WhenFull;
import hinomi.agent.tail.LogTailer;
import hinomi.model.Cancel;
import hinomi.model.Labels;
import hinomi.model.LogRecord;
import hinomi.model.Sample;
import hinomi.model.Time;
import hinomi.wire.OtlpLogs;
import hinomi.wire.RemoteWrite;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The running agent of this host. It may start before the server listens: what it reads waits in
/// the spool. Closing stops within a second or so; what was not shipped goes on after the next
/// start. One agent for a directory.
public final class Agent implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Agent.class);
  private static final Duration TAIL_INTERVAL = Duration.ofSeconds(1);

  private final Spool metrics;
  private final Spool logs;
  private final HostReader host;
  private final LogTailer tailer;
  private final HttpClient client;
  private final List<Shipper> shippers;
  private final List<Cancel> jobs = new ArrayList<>();
  private boolean closed;

  private Agent(AgentConfig config, Time time, MeterRegistry registry) {
    long half = config.spoolBytes() / 2;
    this.metrics =
        Spool.open(
            "metrics",
            config.directory().resolve("metrics"),
            new SpoolLimit(half, WhenFull.DROP_OLDEST),
            time,
            registry);
    this.logs =
        Spool.open(
            "logs",
            config.directory().resolve("logs"),
            new SpoolLimit(half, WhenFull.REFUSE),
            time,
            registry);
    Labels origin = Labels.of("job", "node", "instance", config.instance());
    this.host = new HostReader(origin, config.processes(), registry);
    this.tailer =
        new LogTailer(
            config.logs(),
            config.directory().resolve("checkpoint"),
            this::spool,
            ZoneId.systemDefault(),
            registry);
    // Kept to HTTP/1.1: the client would offer an upgrade to h2c with the first request's body.
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    this.shippers =
        List.of(
            Shipper.start(
                "metrics", metrics, new Courier.Metrics(client, config.server()), time, registry),
            Shipper.start("logs", logs, new Courier.Logs(client, config.server()), time, registry));
  }

  /// Starts reading and shipping; returns at once.
  ///
  /// @throws hinomi.model.Unavailable when the spool's folder cannot be used
  public static Agent start(AgentConfig config, Time time, MeterRegistry registry) {
    Agent agent = new Agent(config, time, registry);
    agent.schedule(config, time);
    log.atInfo()
        .addKeyValue("server", config.server())
        .addKeyValue("instance", config.instance())
        .addKeyValue("interval", config.interval())
        .log("agent started");
    return agent;
  }

  private void schedule(AgentConfig config, Time time) {
    jobs.add(time.at(time.now(), "agent-host-first", () -> readHost(time)));
    jobs.add(time.every(config.interval(), "agent-host", () -> readHost(time)));
    if (!config.logs().isEmpty()) {
      jobs.add(time.every(TAIL_INTERVAL, "agent-tail", () -> tailer.poll(time.now())));
    }
  }

  private synchronized void readHost(Time time) {
    if (closed) {
      return;
    }
    List<Sample> samples = host.read(time.now());
    // What is not taken is counted there.
    boolean _ = metrics.offer(RemoteWrite.encode(samples), samples.size());
  }

  private boolean spool(List<LogRecord> lines) {
    return logs.offer(gzipped(OtlpLogs.encode(lines)), lines.size());
  }

  private static byte[] gzipped(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream(bytes.length / 4 + 64);
    try (OutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("BUG: writing to memory has failed", e);
    }
    return packed.toByteArray();
  }

  /// Stops reading, then shipping. What is in the spool stays there.
  @Override
  public void close() {
    jobs.forEach(Cancel::cancel);
    synchronized (this) {
      closed = true;
    }
    tailer.close();
    shippers.forEach(Shipper::stop);
    client.shutdownNow();
    metrics.close();
    logs.close();
    shippers.forEach(Shipper::close);
    log.atInfo().log("agent stopped");
  }
}
