package hinomi.alertengine.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hinomi.alertengine.Served;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AlertApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final Served served = new Served();

  @BeforeEach
  void start() throws Exception {
    served.start();
    served.goTo(Duration.ofSeconds(20));
  }

  @AfterEach
  void stop() {
    served.close();
    client.close();
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder at(String path) {
    return HttpRequest.newBuilder(URI.create(served.url() + path));
  }

  private JsonNode get(String path) throws Exception {
    HttpResponse<String> response = send(at(path));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  private HttpResponse<String> post(String path, String type, String body) throws Exception {
    return send(
        at(path).header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  @Test
  void a_link_shows_a_page_and_only_its_button_acknowledges() throws Exception {
    String path = link();
    HttpResponse<String> page = send(at(path));
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("応答する / Acknowledge").contains("&lt;b&gt;web-1");
    assertThat(get("/api/hinomi/v1/alerts").at("/groups/0/state").asText()).isEqualTo("firing");
    HttpResponse<String> done =
        post(path, "application/x-www-form-urlencoded", "note=I%20am%20on%20it");
    assertThat(done.statusCode()).isEqualTo(200);
    JsonNode group = get("/api/hinomi/v1/alerts").at("/groups/0");
    assertThat(group.get("state").asText()).isEqualTo("acknowledged");
    assertThat(group.at("/acknowledgement/by").asText()).isEqualTo("佐藤");
    assertThat(group.at("/acknowledgement/note").asText()).isEqualTo("I am on it");
    assertThat(group.at("/deliveries/0/attempts/0/outcome").asText()).isEqualTo("sent");
    assertThat(post(path, "application/x-www-form-urlencoded", "").body())
        .contains("Acknowledged: 佐藤");
  }

  @Test
  void a_forged_or_old_link_does_nothing() throws Exception {
    String path = link();
    String forged = path.substring(0, path.length() - 2) + (path.endsWith("A") ? "BB" : "AA");
    assertThat(send(at(forged)).statusCode()).isEqualTo(404);
    assertThat(send(at("/ack/x")).statusCode()).isEqualTo(404);
    served.advance(Duration.ofHours(25));
    assertThat(post(path, "application/x-www-form-urlencoded", "").statusCode()).isEqualTo(404);
    assertThat(get("/api/hinomi/v1/alerts").at("/groups/0/state").asText()).isEqualTo("firing");
  }

  @Test
  void the_api_acknowledges_by_name() throws Exception {
    String id = get("/api/hinomi/v1/alerts").at("/groups/0/id").asText();
    String path = "/api/hinomi/v1/alerts/" + id + "/acknowledge";
    assertThat(post(path, "application/json", "{}").statusCode()).isEqualTo(400);
    assertThat(post(path, "application/json", "{\"by\":").statusCode()).isEqualTo(400);
    assertThat(
            post("/api/hinomi/v1/alerts/none/acknowledge", "application/json", "{\"by\":\"x\"}")
                .statusCode())
        .isEqualTo(404);
    HttpResponse<String> done =
        post(path, "application/json", "{\"by\":\"Suzuki\",\"note\":\"mine\"}");
    assertThat(done.statusCode()).isEqualTo(200);
    assertThat(JSON.readTree(done.body()).at("/acknowledgement/by").asText()).isEqualTo("Suzuki");
  }

  private String link() throws Exception {
    Matcher matcher = Pattern.compile("/ack/\\S+").matcher(served.newestMail());
    assertThat(matcher.find()).isTrue();
    return matcher.group();
  }
}
