package hinomi.alertengine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hinomi.alertengine.alertmanager.AlertmanagerFile;
import hinomi.alertengine.alertmanager.AlertmanagerReader;
import hinomi.alertengine.chronicle.Chronicle;
import hinomi.alertengine.deliver.Handover;
import hinomi.alertengine.escalate.Changes;
import hinomi.alertengine.escalate.Exits;
import hinomi.alertengine.escalate.Pager;
import hinomi.alertengine.group.Member;
import hinomi.alertengine.group.PageGroup;
import hinomi.alertengine.group.Reason;
import hinomi.alertengine.journal.AlertJournal;
import hinomi.alertengine.journal.Delivery;
import hinomi.alertengine.mute.Causes;
import hinomi.alertengine.mute.Hours;
import hinomi.alertengine.mute.Inhibitions;
import hinomi.alertengine.mute.Maintenances;
import hinomi.alertengine.mute.Mute;
import hinomi.alertengine.mute.Mutes;
import hinomi.alertengine.noise.Flaps;
import hinomi.alertengine.noise.NoiseConfig;
import hinomi.alertengine.oncall.Channel;
import hinomi.alertengine.oncall.OnCall;
import hinomi.alertengine.route.Routing;
import hinomi.alertengine.state.Alert;
import hinomi.alertengine.storm.Gate;
import hinomi.alertengine.storm.StormConfig;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.settings.Mistakes;
import hinomi.sql.Database;
import hinomi.testkit.SimTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Alertmanager's notifications as they were recorded, `alertmanager-scenarios` of the corpora
/// (`-Dcorpora=DIR`), in simulated time: the same messages in the same windows. We may be earlier
/// where Alertmanager waits for its next tick.
final class NotificationScenarioTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// They are about sending, which [PagingTest] tells, or need a flag of Alertmanager's.
  private static final Set<String> ELSEWHERE =
      Set.of("http_500_retried", "webhook_timeout", "cold_start");

  @TestFactory
  Stream<DynamicTest> recorded_scenarios_tell_the_same() throws IOException {
    return scenarios("recorded.json", NotificationScenarioTest::recorded);
  }

  @TestFactory
  Stream<DynamicTest> alertmanagers_own_scenarios_tell_the_same() throws IOException {
    return scenarios("upstream.json", NotificationScenarioTest::upstream);
  }

  private interface Check {
    void run(JsonNode scenario, Stage stage);
  }

  private static Stream<DynamicTest> scenarios(String file, Check check) throws IOException {
    String corpora = System.getProperty("corpora", "");
    Assumptions.assumeFalse(corpora.isEmpty(), "no corpora given");
    List<DynamicTest> tests = new ArrayList<>();
    Path path = Path.of(corpora, "alertmanager-scenarios", file);
    for (JsonNode scenario : JSON.readTree(Files.readString(path))) {
      String name = scenario.get("name").asText();
      if (!ELSEWHERE.contains(name)) {
        tests.add(
            DynamicTest.dynamicTest(
                name,
                () -> {
                  try (Stage stage = new Stage(scenario)) {
                    check.run(scenario, stage);
                  }
                }));
      }
    }
    return tests.stream();
  }

  private static void recorded(JsonNode scenario, Stage stage) {
    List<Told> told = stage.play(scenario.get("end").asDouble());
    List<Told> left = new ArrayList<>(told);
    for (JsonNode expected : scenario.get("expected")) {
      Optional<Told> found =
          left.stream()
              .filter(one -> one.at() <= expected.get("window").get(1).asDouble())
              .filter(one -> one.matches(expected))
              .findFirst();
      assertThat(found).as("%s among %s", expected, told).isPresent();
      left.remove(found.orElseThrow());
    }
    assertThat(left).isEmpty();
  }

  private static void upstream(JsonNode scenario, Stage stage) {
    double end = 0;
    for (JsonNode windows : scenario.get("want")) {
      for (JsonNode window : windows) {
        end = Math.max(end, window.get("between").get(1).asDouble());
      }
    }
    List<Told> told = stage.play(end);
    List<Told> left = new ArrayList<>(told);
    scenario
        .get("want")
        .properties()
        .forEach(entry -> {
          for (JsonNode window : entry.getValue()) {
            inWindow(entry.getKey(), window, left);
          }
        });
    // Earlier by less than a tick, what is repeated at each tick may come once more until the end.
    assertThat(left).hasSizeLessThan(2).allMatch(Told::isReminder);
  }

  private static void inWindow(String url, JsonNode window, List<Told> left) {
    double from = window.get("between").get(0).asDouble();
    double to = window.get("between").get(1).asDouble();
    List<Told> until =
        left.stream().filter(one -> one.url().equals(url) && one.at() <= to).toList();
    if (window.get("alerts").isEmpty()) {
      assertThat(until).noneMatch(one -> one.at() >= from);
      return;
    }
    Optional<Told> found =
        until.stream().filter(one -> one.agrees(window.get("alerts"))).findFirst();
    assertThat(found).as("%s among %s", window, left).isPresent();
    left.remove(found.orElseThrow());
  }

  /// A message that left for a webhook.
  ///
  /// @param at seconds since the beginning
  private record Told(
      double at,
      Reason reason,
      String url,
      String receiver,
      PageGroup group,
      List<Member> alerts,
      int truncated,
      Instant begin) {
    boolean isReminder() {
      return reason == Reason.REMINDER;
    }

    boolean matches(JsonNode expected) {
      TreeSet<String> mine = new TreeSet<>();
      alerts.forEach(alert -> mine.add(shown(alert)));
      TreeSet<String> theirs = new TreeSet<>();
      for (JsonNode alert : expected.get("alerts")) {
        theirs.add(
            labels(alert.get("labels"))
                + number(alert.get("starts"))
                + " "
                + number(alert.get("ends")));
      }
      return expected.get("url").asText().equals(url)
          && expected.get("receiver").asText().equals(receiver)
          && expected.get("groupKey").asText().equals(group.route().key())
          && labels(expected.get("groupLabels")).equals(group.route().labels())
          && expected
              .get("status")
              .asText()
              .equals(alerts.stream().anyMatch(Member::isFiring) ? "firing" : "resolved")
          && expected.get("truncatedAlerts").asInt() == truncated
          && mine.equals(theirs);
    }

    private String shown(Member alert) {
      return alert.labels()
          + seconds(alert.startsAt())
          + " "
          + (alert.isFiring() ? "-" : seconds(alert.endsAt()));
    }

    private String seconds(Instant when) {
      return "%.1f".formatted(Duration.between(begin, when).toMillis() / 1000.0);
    }

    private static String number(JsonNode node) {
      return node.isNull() ? "-" : "%.1f".formatted(node.asDouble());
    }

    /// As the acceptance tests compare: times to 0.2 s, resolved if and only if an end is given.
    boolean agrees(JsonNode wanted) {
      List<Member> left = new ArrayList<>(alerts);
      for (JsonNode one : wanted) {
        Optional<Member> found =
            left.stream()
                .filter(alert -> alert.labels().equals(labels(one.get("labels"))))
                .filter(alert -> near(alert.startsAt(), one.get("active").get(0)))
                .filter(alert ->
                    one.get("active").size() > 1
                        ? !alert.isFiring() && near(alert.endsAt(), one.get("active").get(1))
                        : alert.isFiring())
                .findFirst();
        if (found.isEmpty()) {
          return false;
        }
        left.remove(found.get());
      }
      return left.isEmpty();
    }

    private boolean near(Instant time, JsonNode wanted) {
      return Math.abs(Duration.between(begin, time).toMillis() / 1000.0 - wanted.asDouble()) <= 0.2;
    }
  }

  private static Labels labels(JsonNode node) {
    Labels.Builder labels = Labels.builder();
    node.properties().forEach(entry -> labels.set(entry.getKey(), entry.getValue().asText()));
    return labels.build();
  }

  /// A pager with the scenario's configuration; alerts are told to it as Alertmanager keeps them.
  private static final class Stage implements AutoCloseable {
    private final SimTime time = new SimTime();
    private final Instant begin = time.now();
    private final Database database = Database.temporary();
    private final AlertJournal journal = new AlertJournal(database);
    private final JsonNode scenario;
    private final AlertmanagerFile file;
    private final Duration resolveTimeout;
    private final Map<String, Silence> silences = new LinkedHashMap<>();
    private final Map<Labels, Lease> leases = new HashMap<>();
    private Pager pager;

    private record Silence(Instant from, Instant to, List<Matcher> matchers) {}

    private record Lease(Instant from, Instant to, boolean untilHeard) {}

    Stage(JsonNode scenario) throws IOException {
      this.scenario = scenario;
      String config =
          scenario.get("config").asText().replaceAll("\\{\\{webhook:(\\w+)}}", "http://hook/$1");
      Path path = Files.createTempFile("alertmanager", ".yml");
      Files.writeString(path, config);
      Mistakes mistakes = new Mistakes();
      this.file = new AlertmanagerReader(OnCall.nobodyNamed(), false).read(path, mistakes);
      mistakes.throwIfAny();
      this.resolveTimeout =
          config.contains("resolve_timeout: 10s") ? Duration.ofSeconds(10) : Duration.ofMinutes(5);
      this.pager = started();
    }

    private Pager started() {
      OnCall onCall = OnCall.nobodyNamed();
      Mutes mutes =
          new Mutes(
              new Hours(file.intervals()),
              new Inhibitions(file.inhibitRules()),
              new Causes(Topology.NONE, Duration.ZERO),
              Maintenances.NONE,
              this::silenced);
      Pager fresh =
          new Pager(
              journal,
              new Pager.Policy(
                  new Routing(file.root(), file.receivers(), onCall),
                  mutes,
                  new Flaps(new NoiseConfig.Flapping(0, Duration.ZERO, Duration.ZERO), journal),
                  new Gate(StormConfig.OFF, onCall, journal, new SimpleMeterRegistry())),
              time,
              new Exits(
                  List.of(),
                  _ -> {},
                  new Chronicle(onCall, _ -> {}),
                  Unsent::new,
                  () -> {},
                  _ -> {}));
      fresh.resume();
      return fresh;
    }

    /// Stays in the table: nobody sends here.
    private record Unsent(List<Delivery> rows) implements Handover {
      @Override
      public void written() {}

      @Override
      public void close() {}
    }

    private Optional<Mute.Silenced> silenced(Labels alert, Instant at) {
      return silences.entrySet().stream()
          .filter(entry -> !at.isBefore(entry.getValue().from()))
          .filter(entry -> at.isBefore(entry.getValue().to()))
          .filter(entry -> Matcher.allMatch(entry.getValue().matchers(), alert))
          .map(entry -> new Mute.Silenced(entry.getKey(), "", "", entry.getValue().to()))
          .findFirst();
    }

    List<Told> play(double end) {
      for (JsonNode event : scenario.get("events")) {
        time.at(at(event.get("at").asDouble()), "event", () -> happens(event));
      }
      time.advanceTo(at(end));
      List<Told> told = new ArrayList<>();
      for (PageGroup group : journal.latestGroups(1_000)) {
        journal.outbox().ofGroup(group.id()).forEach(delivery -> told.add(told(delivery)));
      }
      told.sort(java.util.Comparator.comparingDouble(Told::at));
      return told;
    }

    private Told told(Delivery delivery) {
      Channel hook = Objects.requireNonNull(file.hooks().get(delivery.target()));
      PageGroup group = delivery.notification().group();
      List<Member> all =
          group.members().values().stream()
              .filter(member -> member.isFiring() || hook.manner().sendResolved())
              .toList();
      int most = hook.manner().maxAlerts() == 0 ? all.size() : hook.manner().maxAlerts();
      return new Told(
          Duration.between(begin, delivery.createdAt()).toMillis() / 1000.0,
          delivery.notification().reason(),
          hook.url().getPath().substring(1),
          group.route().receiver(),
          group,
          all.subList(0, Math.min(most, all.size())),
          Math.max(0, all.size() - most),
          begin);
    }

    private Instant at(double seconds) {
      return begin.plusMillis(Math.round(seconds * 1000));
    }

    private void happens(JsonNode event) {
      if (event.has("push")) {
        List<Labels> pushed = new ArrayList<>();
        event.get("push").forEach(alert -> pushed.add(push(alert)));
        tell(pushed);
      } else if (event.has("silence")) {
        JsonNode silence = event.get("silence");
        List<Matcher> matchers = new ArrayList<>();
        for (JsonNode one : silence.get("matchers")) {
          matchers.add(
              new Matcher(
                  one.get("isRegex").asBoolean() ? Matcher.Kind.REGEX : Matcher.Kind.EQUAL,
                  one.get("name").asText(),
                  one.get("value").asText()));
        }
        silences.put(
            silence.get("id").asText(),
            new Silence(
                at(silence.get("starts").asDouble()),
                at(silence.get("ends").asDouble()),
                matchers));
        pager.reconsider(_ -> true);
      } else if (event.has("expire")) {
        silences.remove(event.get("expire").asText());
        pager.reconsider(_ -> true);
      } else {
        pager.close();
        pager = started();
      }
    }

    /// Alertmanager, types.Alert.Merge: stretches that overlap become one; the newest end counts.
    private Labels push(JsonNode alert) {
      Instant now = time.now();
      Labels labels = labels(alert.get("labels"));
      JsonNode active = alert.path("active");
      Instant from = active.isEmpty() ? now : at(active.get(0).asDouble());
      boolean untilHeard = active.size() < 2;
      Instant to = untilHeard ? now.plus(resolveTimeout) : at(active.get(1).asDouble());
      Lease before = leases.get(labels);
      if (before != null && !from.isAfter(before.to()) && !to.isBefore(before.from())) {
        from = before.from().isBefore(from) ? before.from() : from;
        boolean over = !to.isAfter(now);
        boolean keepsEnd =
            over
                ? before.to().isAfter(to) && !before.to().isAfter(now)
                : before.to().isAfter(to) && !before.untilHeard();
        to = keepsEnd ? before.to() : to;
      }
      leases.put(labels, new Lease(from, to, untilHeard));
      if (to.isAfter(now)) {
        time.at(to, "end", () -> ended(labels));
      }
      return labels;
    }

    private void ended(Labels labels) {
      Lease lease = Objects.requireNonNull(leases.get(labels));
      if (!lease.to().isAfter(time.now())) {
        tell(List.of(labels));
      }
    }

    private void tell(List<Labels> alerts) {
      pager.commit(
          new Changes(
              List.of(),
              List.of(),
              alerts.stream().map(this::member).toList(),
              List.of(),
              new PageGroup.Origin(time.now(), "")));
    }

    private Member member(Labels labels) {
      Lease lease = Objects.requireNonNull(leases.get(labels));
      boolean firing = lease.to().isAfter(time.now());
      return new Member(
          "external",
          "",
          labels,
          Map.of(),
          1,
          lease.from(),
          firing ? Alert.NEVER : lease.to(),
          Member.Told.NOTHING);
    }

    @Override
    public void close() {
      pager.close();
      database.close();
    }
  }
}
