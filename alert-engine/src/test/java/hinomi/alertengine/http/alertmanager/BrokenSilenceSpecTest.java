package hinomi.alertengine.http.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hinomi.alertengine.Served;
import hinomi.alertengine.route.MatcherText;
import hinomi.alertengine.silence.Draft;
import hinomi.alertengine.silence.Silence;
import hinomi.model.Failure;
import hinomi.model.Language;
import hinomi.testkit.Specs;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What people see of broken silences, word for word. It is shortly after midnight of 2 March 2026,
/// UTC. `sent` is the body of `POST /api/v2/silences`, `preview` the matchers of a preview,
/// `answer` what comes back: the status and the words. `typed MATCHERS` is what somebody types into
/// the console, for as long, by whom and why `lasting HOURS by OWNER for REASON` says (`-`:
/// nothing); `japanese` what is said of it. A bar at the beginning of a line keeps its indentation.
final class BrokenSilenceSpecTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final Served served = new Served();

  @BeforeEach
  void start() throws Exception {
    served.start();
  }

  @AfterEach
  void stop() {
    served.close();
    client.close();
  }

  @TestFactory
  Stream<DynamicTest> broken_silences() {
    return Specs.of("broken-silences", Story::new);
  }

  private final class Story implements Specs.Meaning {
    private String answer = "";
    private String[] terms = {"1", "sato", "disk"};

    @Override
    public void run(Specs.Step step) throws Exception {
      switch (step.verb()) {
        case "sent" -> answer = post(text(step.block()));
        case "preview" -> answer = preview(step.rest());
        case "lasting" -> terms = step.rest().replace(" -", " ").split(" by | for", 3);
        case "typed" -> answer = typed(step.rest());
        case "answer", "japanese" -> assertThat(answer).isEqualTo(text(step.block()));
        default -> throw new IllegalArgumentException(step.verb());
      }
    }

    private String typed(String matchers) {
      try {
        Silence made =
            served
                .desk()
                .silences()
                .set(
                    new Draft(
                        "",
                        MatcherText.parse(matchers),
                        served.now(),
                        served.now().plus(Duration.ofHours(Long.parseLong(terms[0]))),
                        terms[1].strip(),
                        terms[2].strip(),
                        Map.of()));
        return made.matcherText();
      } catch (Failure e) {
        return e.words().in(Language.JA);
      }
    }
  }

  private String post(String body) throws Exception {
    return send(
        HttpRequest.newBuilder(URI.create(served.url() + "/api/v2/silences"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private String preview(String matchers) throws Exception {
    String query = URLEncoder.encode(matchers, StandardCharsets.UTF_8);
    return send(
        HttpRequest.newBuilder(
            URI.create(served.url() + "/api/hinomi/v1/silences/preview?matchers=" + query)));
  }

  private String send(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    String type = response.headers().firstValue("Content-Type").orElse("");
    return response.statusCode()
        + " "
        + (type.contains("json") ? words(JSON.readTree(response.body())) : response.body().strip());
  }

  private static String words(JsonNode answer) {
    return answer.isTextual() ? answer.asText() : answer.path("message").asText();
  }

  private static String text(List<String> block) {
    return block.stream()
        .map(line -> line.startsWith("|") ? line.substring(1) : line)
        .collect(Collectors.joining("\n"));
  }
}
