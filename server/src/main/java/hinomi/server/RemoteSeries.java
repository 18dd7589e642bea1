package hinomi.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import hinomi.model.Matcher;
import hinomi.model.Unavailable;
import hinomi.rulelint.KnownSeries;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Asks a running server, or a Prometheus, what series it has had lately, by Prometheus' API.
record RemoteSeries(URI server) {
  KnownSeries known() {
    return new KnownSeries(this::any, this::names);
  }

  private boolean any(List<Matcher> matchers) {
    String selector =
        matchers.stream().map(RemoteSeries::quoted).collect(Collectors.joining(",", "{", "}"));
    return !ask("/api/v1/series?limit=1&match[]=" + encoded(selector)).isEmpty();
  }

  /// A name that is no plain word stands in quotes, which older servers do not read.
  private static String quoted(Matcher matcher) {
    String written = matcher.toString();
    return matcher.name().matches("[a-zA-Z_][a-zA-Z0-9_]*")
        ? written
        : "\"" + matcher.name() + "\"" + written.substring(matcher.name().length());
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    ask("/api/v1/label/__name__/values").forEach(name -> names.add(name.asText()));
    return names;
  }

  private JsonNode ask(String path) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(server.resolve(path.replace("[]", "%5B%5D"))).build(),
              HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      JsonNode body = JsonMapper.builder().build().readTree(answer.body());
      if (answer.statusCode() != 200) {
        throw new Unavailable(server + " refuses: " + body.path("error").asText());
      }
      return body.path("data");
    } catch (IOException e) {
      throw new Unavailable("nothing answers at " + server, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable("interrupted", e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
