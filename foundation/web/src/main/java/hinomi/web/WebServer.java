package hinomi.web;

import hinomi.model.Failure;
import hinomi.model.Unavailable;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.BindException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A listener: HTTP/1.1 and h2c on one port. Event loops collect a body up to its route's limit and
/// hand the request through the [Blocking] door; nothing else happens on them. Bodies are given on
/// as they were sent: decompression is the endpoint's, under its own limits.
public final class WebServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WebServer.class);
  private static final int STOP_SECONDS = 5;

  /// Most that is handed on of a body at once: what one read of a socket gives, not cut again.
  private static final int CHUNK = 64 << 10;

  private final WebConfig config;
  private final Routes routes;
  private final Vertx vertx;
  private final Blocking door;
  private final Blocking questions;
  private final HttpServer server;

  private WebServer(WebConfig config, Routes routes, Vertx vertx, MeterRegistry registry) {
    this.config = config;
    this.routes = routes;
    this.vertx = vertx;
    this.door = Blocking.virtual(config, registry);
    this.questions = Blocking.background(config, registry);
    this.server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setHost(config.host())
                    .setPort(config.port())
                    .setHandle100ContinueAutomatically(true)
                    .setMaxHeaderSize(32 << 10)
                    .setMaxChunkSize(CHUNK)
                    .setMaxInitialLineLength(32 << 10)
                    .setInitialSettings(new Http2Settings().setMaxHeaderListSize(32 << 10))
                    .setIdleTimeout(75)
                    .setIdleTimeoutUnit(TimeUnit.SECONDS))
            .requestHandler(this::receive);
  }

  /// Binds and serves. A port that cannot be had is an [Unavailable] that says which and why.
  public static WebServer start(
      WebConfig config, Routes routes, EventLoops loops, MeterRegistry registry) {
    WebServer web = new WebServer(config, routes, loops.vertx(), registry);
    try {
      web.server.listen().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      web.closeDoors();
      throw new Unavailable(whyNot(config, e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable("interrupted while binding " + config.name(), e);
    }
    log.atInfo()
        .addKeyValue("listener", config.name())
        .addKeyValue("address", config.host() + ":" + web.port())
        .log("listening");
    return web;
  }

  private static String whyNot(WebConfig config, Exception e) {
    Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
    String address = config.host() + ":" + config.port();
    if (cause instanceof BindException) {
      return "the port of the "
          + config.name()
          + " listener, "
          + address
          + ", is taken or not allowed; free it or choose another with --set "
          + config.name()
          + ".port=N (0 means any free one)";
    }
    return "cannot listen on " + address + ": " + cause.getMessage();
  }

  /// The port it is bound to, also when the configured one was 0.
  public int port() {
    return server.actualPort();
  }

  public String url() {
    return "http://" + config.host() + ":" + port();
  }

  private void receive(HttpServerRequest in) {
    Context context = vertx.getOrCreateContext();
    String method = in.method().name().equals("HEAD") ? "GET" : in.method().name();
    String rawPath = Optional.ofNullable(in.path()).filter(p -> p.startsWith("/")).orElse("/");
    Optional<Routes.Found> found = routes.find(method, rawPath);
    if (found.isEmpty()) {
      Set<String> methods = routes.methods(rawPath);
      send(
          in,
          methods.isEmpty()
              ? Reply.text(404, "there is nothing at " + rawPath + "\n")
              : Reply.text(405, "only " + String.join(", ", methods) + " here\n")
                  .with("Allow", String.join(", ", methods)));
      return;
    }
    long limit = found.get().route().body().maxBytes();
    Arriving body =
        new Arriving(limit, Objects.requireNonNullElse(in.getHeader("Content-Length"), ""));
    boolean[] over = new boolean[1];
    in.handler(chunk -> {
      if (!over[0] && !body.take(chunk)) {
        over[0] = true;
        send(in, Reply.text(413, "the body is larger than " + limit + " bytes\n"));
      }
    });
    in.exceptionHandler(_ -> over[0] = true); // the sender went away; nobody to answer
    in.endHandler(_ -> {
      if (!over[0]) {
        hand(in, context, found.get(), method, body.whole());
      }
    });
  }

  private void hand(
      HttpServerRequest in, Context context, Routes.Found found, String method, byte[] body) {
    Request request;
    try {
      request = request(in, found, method, body);
    } catch (Failure e) {
      send(in, Reply.text(Failures.status(e), e.reason() + "\n"));
      return;
    }
    in.response().closeHandler(_ -> request.connection().close());
    in.response().exceptionHandler(_ -> request.connection().close());
    (found.route().question() ? questions : door)
        .enter(
            found.route().endpoint(), request, reply -> context.runOnContext(_ -> send(in, reply)));
  }

  private static Request request(
      HttpServerRequest in, Routes.Found found, String method, byte[] body) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    in.headers()
        .forEach(entry ->
            headers
                .computeIfAbsent(entry.getKey().toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                .add(entry.getValue()));
    // HTTP/2 has no Host header; its :authority means the same (RFC 9113, 8.3.1).
    if (!headers.containsKey("host") && in.authority() != null) {
      headers.put("host", List.of(in.authority().toString()));
    }
    Parameters parameters = new Parameters();
    String query = in.query();
    if (query != null) {
      parameters.add(query);
    }
    Request bare =
        new Request(
            method,
            Optional.ofNullable(in.path()).orElse("/"),
            found.captured(),
            Map.of(),
            headers,
            body,
            in.remoteAddress() == null ? "" : in.remoteAddress().hostAddress());
    if (found.route().body().form()
        && bare.contentType().equals("application/x-www-form-urlencoded")) {
      parameters.add(bare.text());
    }
    return new Request(
        method,
        bare.path(),
        bare.captured(),
        parameters.all(),
        headers,
        body,
        bare.remote(),
        bare.connection());
  }

  private static void send(HttpServerRequest in, Reply reply) {
    HttpServerResponse out = in.response();
    if (out.ended() || out.closed()) {
      return;
    }
    out.setStatusCode(reply.status());
    if (!reply.contentType().isEmpty()) {
      out.putHeader("Content-Type", reply.contentType());
    }
    out.putHeader("X-Content-Type-Options", "nosniff");
    reply.headers().forEach(out::putHeader);
    if (in.method().name().equals("HEAD")) {
      out.putHeader("Content-Length", Integer.toString(reply.body().length));
      out.end();
    } else {
      out.end(Buffer.buffer(reply.body()));
    }
  }

  /// Stops taking requests, lets those inside finish for a few seconds.
  @Override
  public void close() {
    try {
      server
          .shutdown(STOP_SECONDS, TimeUnit.SECONDS)
          .toCompletionStage()
          .toCompletableFuture()
          .get(STOP_SECONDS + 1, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException | CompletionException e) {
      log.atWarn().addKeyValue("listener", config.name()).setCause(e).log("listener closed hard");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      closeDoors();
    }
  }

  private void closeDoors() {
    door.close();
    questions.close();
  }
}
