package hinomi.server;

import hinomi.model.Unavailable;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./hinomi explain ALERT`: asks a running server why an alert was told, and why not.
@Command(
    name = "explain",
    header = "Says why an alert was told, and why not.",
    description =
        "Such as: ./hinomi explain '{alertname=\"Down\", host=\"a\"}' --at"
            + " 2026-11-22T03:00:00+09:00")
final class ExplainCommand implements Callable<Integer> {
  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "the server; default: ${DEFAULT-VALUE}")
  private URI server = URI.create("http://127.0.0.1:8480");

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "RFC 3339 or seconds since 1970; default: now")
  private String at = "";

  @Mixin private LanguageOption language = new LanguageOption();

  @Parameters(
      paramLabel = "ALERT",
      description = "a fingerprint, a name, or labels as in {alertname=\"Down\"}")
  private String alert = "";

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(asked()).build(),
              HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      if (answer.statusCode() != 200) {
        System.err.println(answer.body().strip());
        return 1;
      }
      System.out.print(answer.body());
      return 0;
    } catch (java.net.ConnectException e) {
      throw new Unavailable("nothing answers at " + server + "; name the server with --server", e);
    }
  }

  /// What the server is asked.
  URI asked() {
    String query = "?format=text&lang=" + language.language().tag() + "&alert=" + encoded(alert);
    if (!at.isEmpty()) {
      query += "&at=" + encoded(at);
    }
    return server.resolve("/api/hinomi/v1/explain" + query);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
