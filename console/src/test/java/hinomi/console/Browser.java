package hinomi.console;

import hinomi.console.http.ConsolePages;
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

/// The console behind a real listener, and who looks at it.
final class Browser implements AutoCloseable {
  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final EventLoops loops = new EventLoops();
  // As browsers do without TLS.
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final WebServer web;

  /// It is the moment of the sample night.
  Browser(Desk desk) {
    Routes routes = new Routes();
    new ConsolePages(new Console(desk.ports(), Desk.config(), new SimTime(Samples.NOW), registry))
        .routes(routes);
    this.web =
        WebServer.start(
            new WebConfig("web", "127.0.0.1", 0, 64), routes, loops, new SimpleMeterRegistry());
  }

  String url() {
    return web.url();
  }

  HttpResponse<String> send(HttpRequest.Builder request, String... headers) {
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  HttpResponse<String> get(String path, String... headers) {
    return send(HttpRequest.newBuilder(URI.create(web.url() + path)), headers);
  }

  String english(String path) {
    return get(path, "Accept-Language", "en").body();
  }

  HttpResponse<String> post(String path, String form, String... headers) {
    return send(
        HttpRequest.newBuilder(URI.create(web.url() + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form)),
        headers);
  }

  /// @param namesAndValues in turn
  static String form(String... namesAndValues) {
    StringBuilder form = new StringBuilder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      form.append(i == 0 ? "" : "&")
          .append(namesAndValues[i])
          .append('=')
          .append(encoded(namesAndValues[i + 1]));
    }
    return form.toString();
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    http.close();
    web.close();
    loops.close();
  }
}
