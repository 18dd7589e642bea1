package hinomi.exchangesimulator.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// Breaks the exchange's order gateway and watches, from outside, what the product makes of it:
/// page, mail, incident, red status page in both languages, recovery, and an uptime that is lower
/// by exactly the measured interval. Ends by itself and tells the timeline.
public final class Demo {
  private static final String ALERT = "OrderGatewaySlow";
  private static final String COMPONENT = "order-gateway";

  private final PrintStream out;
  private final Clock clock = Clock.systemUTC();
  private final Timeline timeline;
  private final Duration calm;
  private final Duration outage;

  private Demo(PrintStream out, Duration calm, Duration outage) {
    this.out = out;
    this.timeline = new Timeline(out);
    this.calm = calm;
    this.outage = outage;
  }

  /// @return the exit code: 0 when everything was seen, 1 when something was not
  public static int run(Map<String, String> options) throws IOException {
    Path home = Path.of(System.getProperty("hinomi.home", "")).toAbsolutePath();
    Path directory =
        options.containsKey("data")
            ? Files.createDirectories(Path.of(options.get("data")).toAbsolutePath())
            : Files.createTempDirectory("hinomi-demo-");
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Demo demo =
        new Demo(
            out,
            seconds(options.getOrDefault("calm", "20s")),
            seconds(options.getOrDefault("outage", "30s")));
    return demo.show(home, directory) ? 0 : 1;
  }

  private static Duration seconds(String text) {
    return Duration.ofSeconds(Long.parseLong(text.replaceFirst("s$", "")));
  }

  private boolean show(Path home, Path directory) {
    out.println("Starting an exchange and Hinomi beside it; everything lies in " + directory);
    try (Pager pager = new Pager(timeline, clock);
        Stage stage = new Stage(home, directory, pager.url())) {
      out.println("  status page  " + stage.statusUrl() + "/ja/   " + stage.statusUrl() + "/en/");
      out.println("  console      " + stage.webUrl() + "/");
      out.println();
      double down = play(stage, pager, new Watched(stage.statusUrl()));
      out.println();
      out.println("What was observed:");
      timeline.printAll();
      return verdict(down, new Watched(stage.statusUrl()));
    } catch (IllegalStateException e) {
      out.println("hinomi: the demonstration failed: " + e.getMessage());
      return false;
    }
  }

  /// The play; returns the down time that was known before.
  private double play(Stage stage, Pager pager, Watched watched) {
    stage.await(
        "the status page says order entry is up, by measurement",
        Duration.ofSeconds(60),
        () -> condition(watched).equals("up"));
    timeline.saw(clock.instant(), "status page: order entry is up, by measurement");
    awaitCalm(stage, watched);
    pager.forget();
    double downBefore = watched.component(COMPONENT).orElseThrow().downSeconds();

    URI fault = URI.create(stage.exchangeUrl() + "/faults/slow-gateway");
    Instant broken = clock.instant();
    timeline.zero(broken);
    timeline.saw(broken, "the order gateway is broken: every order waits 900 ms");
    watched.send("POST", fault);
    Duration patience = Duration.ofSeconds(60);
    stage.await("a webhook that pages", patience, () -> pager.told("firing", ALERT));
    stage.await("a mail in the mailbox", patience, () -> mail(stage.mailbox(), broken));
    stage.await("an incident", patience, watched::somethingIsOpen);
    JsonNode incident = watched.newestIncident().orElseThrow();
    timeline.saw(
        clock.instant(),
        "incident " + incident.path("id").asText() + ": " + incident.path("name").asText());
    stage.await("a red component", patience, () -> condition(watched).equals("down"));
    for (String language : List.of("ja", "en")) {
      stage.await(
          "the incident on the page in " + language,
          patience,
          () -> watched.shows("/" + language + "/", incident.path("id").asText()));
      timeline.saw(clock.instant(), "status page /" + language + "/ is red and shows the incident");
    }
    Stage.pause(outage);

    timeline.saw(clock.instant(), "the order gateway is mended");
    watched.send("DELETE", fault);
    stage.await("a webhook that resolves", patience, () -> pager.told("resolved", ALERT));
    stage.await("a green component", patience, () -> condition(watched).equals("up"));
    timeline.saw(clock.instant(), "status page: order entry is up again");
    stage.await(
        "the incident resolved",
        Duration.ofSeconds(150),
        () ->
            watched
                .newestIncident()
                .map(found -> found.path("status").asText().matches("resolved|postmortem"))
                .orElse(false));
    timeline.saw(clock.instant(), "incident " + incident.path("id").asText() + " is resolved");
    return downBefore;
  }

  /// A cold exchange on a busy machine may really be slow at first; the play begins when what that
  /// opened is over, so that what is measured afterwards has one cause.
  private void awaitCalm(Stage stage, Watched watched) {
    Stage.pause(calm);
    if (watched.somethingIsOpen()) {
      timeline.saw(clock.instant(), "the exchange was slow while it started: an incident is open");
      stage.await(
          "an exchange without incidents",
          Duration.ofMinutes(4),
          () -> !watched.somethingIsOpen() && condition(watched).equals("up"));
      timeline.saw(clock.instant(), "that incident is resolved");
    }
  }

  private static String condition(Watched watched) {
    return watched.component(COMPONENT).map(Watched.Component::condition).orElse("");
  }

  /// Whether a mail has landed since a moment; its subject goes into the timeline.
  private boolean mail(Path mailbox, Instant since) {
    if (!Files.isDirectory(mailbox)) {
      return false;
    }
    try (Stream<Path> files = Files.walk(mailbox)) {
      boolean any = false;
      for (Path mail : files.filter(file -> file.toString().endsWith(".eml")).toList()) {
        Instant landed = Files.getLastModifiedTime(mail).toInstant();
        if (landed.isAfter(since)) {
          timeline.saw(landed, "mail: " + Mail.subject(Files.readString(mail)));
          any = true;
        }
      }
      return any;
    } catch (IOException e) {
      return false; // it is being written
    }
  }

  private boolean verdict(double downBefore, Watched watched) {
    JsonNode incident = watched.newestIncident().orElseThrow();
    Duration measured =
        Duration.between(
            Instant.parse(incident.path("started_at").asText()),
            Instant.parse(incident.path("resolved_at").asText()));
    double added = watched.component(COMPONENT).orElseThrow().downSeconds() - downBefore;
    double expected = measured.toMillis() / 1000.0;
    boolean equal = Math.abs(added - expected) < 0.0015;
    out.println();
    out.println(
        String.format(
            Locale.ROOT,
            "The incident lasted %.3f s; the component's measured down time grew by %.3f s: %s",
            expected,
            added,
            equal ? "equal." : "NOT EQUAL."));
    return equal;
  }
}
