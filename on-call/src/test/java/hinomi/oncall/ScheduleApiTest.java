package hinomi.oncall;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hinomi.oncall.http.ScheduleApi;
import hinomi.sql.Database;
import hinomi.testkit.SimTime;
import hinomi.web.EventLoops;
import hinomi.web.Routes;
import hinomi.web.WebConfig;
import hinomi.web.WebServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ScheduleApiTest {
  private final SimTime time = new SimTime(); // 2026-03-02, a Monday
  private final Database database = Database.temporary();
  private final EventLoops loops = new EventLoops();
  private final HttpClient http = HttpClient.newHttpClient();
  private final WebServer web =
      WebServer.start(
          new WebConfig("web", "127.0.0.1", 0, 10), routes(), loops, new SimpleMeterRegistry());

  private Routes routes() {
    Routes routes = new Routes();
    new ScheduleApi(
            new OnCallSchedules(
                OnCallSchedulesTest.config(),
                OnCallSchedulesTest.roster("swap-approval: [lead]"),
                database,
                time,
                _ -> {}))
        .routes(routes);
    return routes;
  }

  @AfterEach
  void close() {
    http.close();
    web.close();
    loops.close();
    database.close();
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(web.url() + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private JsonNode done(int status, String method, String path, String body) throws Exception {
    HttpResponse<String> answer = send(method, "/api/hinomi/v1/" + path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return answer.body().isEmpty()
        ? new ObjectMapper().nullNode()
        : new ObjectMapper().readTree(answer.body());
  }

  private String refused(int status, String method, String path, String body) throws Exception {
    HttpResponse<String> answer = send(method, "/api/hinomi/v1/" + path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return answer.body();
  }

  @Test
  void whoIsOnDutyIsToldByTheClockOfWhoLooks() throws Exception {
    JsonNode all = done(200, "GET", "schedules", "");
    assertThat(all.at("/schedules/0/now/person").asText()).isEqualTo("ann");
    JsonNode at = done(200, "GET", "schedules/s/at?time=2026-03-10T12:00&zone=Asia/Tokyo", "");
    assertThat(at.path("person").asText()).isEqualTo("bob");
    assertThat(at.path("since").asText()).isEqualTo("2026-03-09T09:00:00+09:00");
    assertThat(at.at("/why/kind").asText()).isEqualTo("layer");
    assertThat(at.path("next").asText()).isEqualTo("ann");
    JsonNode duties = done(200, "GET", "schedules/s/duties?to=2026-03-16", "");
    assertThat(duties.path("duties")).hasSize(2);
    JsonNode coverage = done(200, "GET", "schedules/s/coverage", "");
    assertThat(coverage.path("covered").asDouble()).isEqualTo(1.0);
    assertThat(coverage.path("balance").asDouble()).isEqualTo(1.0);
    assertThat(coverage.at("/people/ann/hours").asDouble()).isEqualTo(26 * 168.0);
  }

  @Test
  void whatIsAskedWronglyIsToldSo() throws Exception {
    assertThat(refused(404, "GET", "schedules/tradng", "")).contains("tradng");
    assertThat(refused(400, "GET", "schedules/s/at?time=noon", "")).contains("noon");
    assertThat(refused(400, "GET", "schedules/s/at?time=9999-01-01", "")).contains("ten years");
    assertThat(
            refused(
                400,
                "POST",
                "schedules/s/changes",
                "{\"kind\":\"overide\",\"by\":\"a\",\"reason\":\"b\"}"))
        .contains("expected override");
  }

  @Test
  void aChangeIsTriedMadeAndWithdrawn() throws Exception {
    String body =
        """
        {"kind": "override", "by": "lead", "reason": "dentist", "person": "cid",
         "from": "2026-03-03", "to": "2026-03-04T00:00:00Z"}
        """;
    JsonNode dry = done(200, "POST", "schedules/s/changes?dry-run=true", body);
    assertThat(dry.at("/people/cid/hours").asDouble()).isEqualTo(24);
    assertThat(done(200, "GET", "schedules/s/changes", "").path("changes")).isEmpty();

    JsonNode made = done(201, "POST", "schedules/s/changes", body);
    assertThat(made.path("state").asText()).isEqualTo("in-force");
    String path = "schedules/s/changes/" + made.path("id").asText() + "/withdraw";
    String step = "{\"by\": \"ann\", \"version\": 1, \"reason\": \"not needed\"}";
    assertThat(done(200, "POST", path, step).path("state").asText()).isEqualTo("withdrawn");
    assertThat(done(409, "POST", path, step).path("version").asInt()).isEqualTo(2);
    JsonNode audit = done(200, "GET", "schedules/s/audit", "");
    assertThat(audit.at("/entries/0/reason").asText()).isEqualTo("not needed");
    assertThat(audit.at("/entries/1/by").asText()).isEqualTo("lead");
  }

  @Test
  void aSwapIsAcceptedAndApproved() throws Exception {
    JsonNode made =
        done(
            201,
            "POST",
            "schedules/s/changes",
            """
            {"kind": "swap", "by": "ann", "reason": "wedding", "partner": "bob",
             "from": "2026-03-03", "to": "2026-03-04",
             "return": {"from": "2026-03-10", "to": "2026-03-11"}}
            """);
    String path = "schedules/s/changes/" + made.path("id").asText() + "/";
    JsonNode _ = done(200, "POST", path + "accept", "{\"by\": \"bob\", \"version\": 1}");
    String _ = refused(400, "POST", path + "approve", "{\"by\": \"bob\", \"version\": 2}");
    JsonNode _ = done(200, "POST", path + "approve", "{\"by\": \"lead\", \"version\": 2}");
    JsonNode at = done(200, "GET", "schedules/s/at?time=2026-03-10T12:00", "");
    assertThat(at.path("person").asText()).isEqualTo("ann");
    assertThat(at.at("/why/kind").asText()).isEqualTo("swap");
  }

  @Test
  void aCalendarIsReadAtItsSecretAddressUntilThatIsRevoked() throws Exception {
    JsonNode made =
        done(201, "POST", "schedules/s/feeds", "{\"by\": \"ann\", \"person\": \"ann\"}");
    String path = made.path("path").asText();
    HttpResponse<String> calendar = send("GET", path, "");
    assertThat(calendar.statusCode()).isEqualTo(200);
    assertThat(calendar.headers().firstValue("content-type"))
        .contains("text/calendar; charset=utf-8");
    assertThat(calendar.body()).contains("BEGIN:VEVENT");
    assertThat(done(200, "GET", "schedules/s/feeds", "").toString())
        .doesNotContain(path.substring(path.lastIndexOf('/') + 1));

    JsonNode _ =
        done(204, "DELETE", "schedules/s/feeds/" + made.path("id").asText() + "?by=ann", "");
    assertThat(send("GET", path, "").statusCode()).isEqualTo(404);
    assertThat(send("GET", "/api/hinomi/v1/schedule-feeds/guess.ics", "").statusCode())
        .isEqualTo(404);
  }

  @Test
  void leaveInTheWayOfDutyIsTold() throws Exception {
    JsonNode leave =
        done(
            200,
            "PUT",
            "leave/bob?zone=UTC",
            """
            BEGIN:VCALENDAR
            BEGIN:VEVENT
            DTSTART;VALUE=DATE:20260308
            DTEND;VALUE=DATE:20260311
            SUMMARY:Kyoto
            END:VEVENT
            END:VCALENDAR
            """);
    assertThat(leave.path("leave")).hasSize(1);
    JsonNode coverage = done(200, "GET", "schedules/s/coverage", "");
    assertThat(coverage.at("/conflicts/0/person").asText()).isEqualTo("bob");
    assertThat(coverage.at("/conflicts/0/from").asText()).isEqualTo("2026-03-09T00:00:00Z");
    assertThat(coverage.at("/conflicts/0/to").asText()).isEqualTo("2026-03-11T00:00:00Z");
  }

  @Test
  void anotherRosterIsTriedBeforeItHolds() throws Exception {
    String file =
        OnCallSchedulesTest.FILE.formatted("fallback: lead").replace("[ann, bob]", "[ann, cid]");
    JsonNode difference = done(200, "POST", "schedules/s/preview", file);
    assertThat(difference.at("/people/bob/loses")).hasSize(26);
    assertThat(difference.at("/people/cid/gains")).hasSize(26);
    assertThat(refused(400, "POST", "schedules/s/preview", file.replace("week,", "weak,")))
        .contains("preview:6:");
  }
}
