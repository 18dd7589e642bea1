import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import hinomi.model.Labels;
import hinomi.model.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/// Kills the product (SIGKILL) at every step of an alert's life, again and again, while other samples
/// come in, and holds it to its word: nobody is left untold, nobody is told the same twice, and
/// whatever waits for its `for` waits on.
///
///     benchmarks/alert-crash-loop [CYCLES] [--minutes N] [--rate 5000]   # 100 cycles unless said otherwise
///
/// Each cycle has alerts of its own: one of a rule without `for`, and one of a rule with 20 s. It is
/// struck at one of the [Step]s in turn, is started anew, and lives the alert to its end. Besides, some
/// alerts fire all the time: of them nothing may be heard but the first page and, in the end, the
/// all-clear. Messages are known by their idempotency key. One that was answered with 200 may come
/// again only if the answer and the strike were less than 100 ms apart.
///
/// Exits 1 if anything was missed, doubled, resolved too early or fired too early or late.
final class AlertCrashLoop {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int STANDING = 10;
  private static final Duration WAIT = Duration.ofSeconds(20);

  /// A beat of the engine's, in which it may not have noted that it watched, and two looks.
  private static final Duration SLACK = Duration.ofSeconds(14);

  /// As long as a claim on a message may last.
  private static final Duration LEASE = Duration.ofSeconds(60);

  private static final long PATIENCE_NANOS = 150_000_000_000L;

  /// Where the process is struck.
  private enum Step {
    SAMPLE_ACKNOWLEDGED,
    SOON_AFTER_THE_SAMPLE,
    PAGE_ON_ITS_WAY,
    PAGE_ANSWERED,
    WAITING_FOR_ITS_TIME,
    TAKEN_ON,
    END_ACKNOWLEDGED,
    SOON_AFTER_THE_END,
    ALL_CLEAR_ON_ITS_WAY
  }

  private final ServerClient server = new ServerClient();
  private final Path home = Path.of(System.getProperty("hinomi.home"));
  private final Path directory;
  private final Random random = new Random(1);
  private final PageReceiver receiver = new PageReceiver();
  private final List<Instant[]> down = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();
  private final List<Double> late = new ArrayList<>();
  private final Map<Integer, Instant> waitingSince = new HashMap<>();
  private final int rate;
  private Process process;
  private int kills;
  private long slowestStart;

  private AlertCrashLoop(Path directory, int rate) throws IOException {
    this.directory = directory;
    this.rate = rate;
  }

  public static void main(String[] arguments) throws Exception {
    Words words = Words.of(arguments, Set.of("--rate", "--minutes"));
    int cycles = words.others().isEmpty() ? 100 : Integer.parseInt(words.others().getFirst());
    Path directory = Files.createTempDirectory("hinomi-alert-crash-");
    AlertCrashLoop loop = new AlertCrashLoop(directory, words.whole("--rate", 5000));
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              if (loop.process != null) {
                loop.process.destroyForcibly();
              }
            }));
    long last = System.nanoTime() + words.whole("--minutes", 1440) * 60_000_000_000L;
    boolean good = loop.run(cycles, last);
    System.exit(good ? 0 : 1);
  }

  /// @param last no cycle begins after this time, of [System#nanoTime]
  private boolean run(int cycles, long last) throws Exception {
    AlertExam.configure(directory.resolve("config"), receiver.url(), WAIT);
    System.out.println("data in " + directory);
    start();
    AtomicBoolean over = new AtomicBoolean();
    Thread load = Thread.ofPlatform().daemon().start(() -> load(over));
    for (int i = 0; i < STANDING; i++) {
      push("exam_level", "standing-" + i, 1);
    }
    for (int i = 0; i < STANDING; i++) {
      String standing = "standing-" + i;
      await("the page of " + standing, () -> receiver.answered(standing, "firing") == 1);
    }
    int done = 0;
    while (done < cycles && System.nanoTime() < last) {
      cycle(++done, Step.values()[(done - 1) % Step.values().length]);
    }
    end(done);
    over.set(true);
    load.join(5000);
    process.destroy();
    process.waitFor();
    return report(done);
  }

  private void cycle(int number, Step step) throws Exception {
    String trial = "t" + number;
    String waiting = "w" + number;
    for (int i = 0; i < STANDING; i++) {
      push("exam_level", "standing-" + i, 1);
    }
    for (int earlier : waitingSince.keySet()) {
      if (receiver.answered("w" + earlier, "firing") == 0) {
        push("exam_wait", "w" + earlier, 1);
      }
    }
    waitingSince.put(number, Instant.now());
    push("exam_wait", waiting, 1);
    if (step == Step.WAITING_FOR_ITS_TIME) {
      Thread.sleep(random.nextInt(6000));
      strike();
    }
    if (step == Step.PAGE_ON_ITS_WAY) {
      receiver.holds(trial, "firing");
    }
    push("exam_level", trial, 1);
    switch (step) {
      case SAMPLE_ACKNOWLEDGED -> strike();
      case SOON_AFTER_THE_SAMPLE -> {
        Thread.sleep(random.nextInt(60));
        strike();
      }
      case PAGE_ON_ITS_WAY -> {
        await("a page on its way", () -> receiver.held(trial));
        strike();
        receiver.letGo();
      }
      default -> {}
    }
    await("the page of " + trial, () -> receiver.answered(trial, "firing") > 0);
    if (step == Step.PAGE_ANSWERED) {
      strike();
    } else if (step == Step.TAKEN_ON) {
      takenOn(trial);
    }
    if (step == Step.ALL_CLEAR_ON_ITS_WAY) {
      receiver.holds(trial, "resolved");
    }
    push("exam_level", trial, 0);
    switch (step) {
      case END_ACKNOWLEDGED -> strike();
      case SOON_AFTER_THE_END -> {
        Thread.sleep(random.nextInt(60));
        strike();
      }
      case ALL_CLEAR_ON_ITS_WAY -> {
        await("an all-clear on its way", () -> receiver.held(trial));
        strike();
        receiver.letGo();
      }
      default -> {}
    }
    states(number);
    System.out.printf("cycle %3d %-22s wrong so far: %d%n", number, step, wrong.size());
  }

  /// What somebody took on stays taken on.
  private void takenOn(String trial) throws Exception {
    String group = "";
    for (JsonNode one : server.get("/api/hinomi/v1/alerts?limit=1000").path("groups")) {
      if (one.at("/labels/trial").asText().equals(trial)) {
        group = one.path("id").asText();
      }
    }
    int status =
        server.post("/api/hinomi/v1/alerts/" + group + "/acknowledge", "{\"by\":\"sato\"}");
    check(status == 200, trial + ": acknowledging was answered with " + status);
    strike();
    String state = server.get("/api/hinomi/v1/alerts/" + group).path("state").asText();
    check(state.equals("acknowledged"), trial + " is " + state + " though it was acknowledged");
  }

  /// What fires all the time fires, since it did; what waits does so since it did.
  private void states(int number) throws Exception {
    // A sample that was taken just before the end is seen with the first slot after it.
    await("cycle " + number + ": something that waits", () -> alerts().containsKey("w" + number));
    Map<String, JsonNode> alerts = alerts();
    for (int i = 0; i < STANDING; i++) {
      JsonNode alert = alerts.get("standing-" + i);
      check(
          alert != null && alert.path("state").asText().equals("firing"),
          "cycle " + number + ": standing-" + i + " does not fire: " + alert);
    }
  }

  /// By trial.
  private Map<String, JsonNode> alerts() throws Exception {
    Map<String, JsonNode> alerts = new HashMap<>();
    for (JsonNode alert : server.get("/api/v1/alerts").at("/data/alerts")) {
      alerts.put(alert.at("/labels/trial").asText(), alert);
    }
    return alerts;
  }

  private void end(int cycles) throws Exception {
    for (int cycle = 1; cycle <= cycles; cycle++) {
      String waiting = "w" + cycle;
      await("the page of " + waiting, () -> receiver.answered(waiting, "firing") > 0);
      if (receiver.answered(waiting, "firing") == 0) {
        continue; // which is told already
      }
      waited(cycle, receiver.first(waiting, "firing"));
      push("exam_wait", waiting, 0);
    }
    for (int i = 0; i < STANDING; i++) {
      push("exam_level", "standing-" + i, 0);
    }
    List<String> all = new ArrayList<>();
    for (int cycle = 1; cycle <= cycles; cycle++) {
      all.add("t" + cycle);
      all.add("w" + cycle);
    }
    for (int i = 0; i < STANDING; i++) {
      all.add("standing-" + i);
    }
    for (String trial : all) {
      await("the all-clear of " + trial, () -> receiver.answered(trial, "resolved") > 0);
    }
    Thread.sleep(LEASE.plusSeconds(5)); // what was not known to be answered comes again
    for (String trial : all) {
      for (String status : List.of("firing", "resolved")) {
        int messages = receiver.messages(trial, status);
        check(messages == 1, trial + ": " + messages + " messages say " + status);
      }
    }
  }

  /// The time in which no process ran does not count.
  private void waited(int cycle, Instant told) {
    Instant since = waitingSince.get(cycle);
    Duration dead = Duration.ZERO;
    int strikes = 0;
    for (Instant[] gap : down) {
      if (gap[1].isAfter(since) && gap[0].isBefore(told)) {
        dead = dead.plus(Duration.between(gap[0].isAfter(since) ? gap[0] : since, gap[1]));
        strikes++;
      }
    }
    Duration took = Duration.between(since, told);
    Duration more = took.minus(WAIT).minus(dead);
    late.add(more.toMillis() / 1000.0);
    check(took.compareTo(WAIT) >= 0, "w" + cycle + " was told after " + took);
    Duration most = SLACK.multipliedBy(Math.max(1, strikes));
    check(
        more.compareTo(most) <= 0,
        "w" + cycle + " was told " + more + " late, over " + strikes + " strikes");
  }

  private void check(boolean good, String otherwise) {
    if (!good) {
      wrong.add(otherwise);
      System.out.println("WRONG: " + otherwise);
    }
  }

  private boolean report(int cycles) {
    receiver.doubled(down).forEach(key -> check(false, "told twice: " + key));
    double[] sorted = late.stream().mapToDouble(x -> x).sorted().toArray();
    System.out.printf(
        Locale.ROOT,
        "%d cycles, %d kills, slowest start %d ms%nmessages: %d, answered %d times; sent again"
            + " because their answer was lost: %d, because they were not answered: %d%nfor timers"
            + " over a kill: p50 %.1f s, max %.1f s beyond 20 s and the time in which nothing"
            + " ran%n%s%n",
        cycles,
        kills,
        slowestStart,
        receiver.keys(),
        receiver.answers(),
        receiver.again(),
        receiver.unanswered(),
        sorted[(sorted.length - 1) / 2],
        sorted[sorted.length - 1],
        wrong.isEmpty() ? "nothing lost, nothing doubled" : "FAILED: " + wrong.size());
    return wrong.isEmpty();
  }

  private void strike() throws Exception {
    Instant at = Instant.now();
    try (Stream<ProcessHandle> children = process.descendants()) {
      children.forEach(ProcessHandle::destroyForcibly);
    }
    process.destroyForcibly(); // SIGKILL
    process.waitFor();
    kills++;
    start();
    down.add(new Instant[] {at, Instant.now()});
  }

  private void start() throws Exception {
    Path ready = directory.resolve("ready.json");
    Files.deleteIfExists(ready);
    long begin = System.nanoTime();
    process =
        new ProcessBuilder(
                home.resolve("hinomi").toString(),
                "run",
                "--config",
                directory.resolve("config").toString(),
                "--data",
                directory.resolve("data").toString(),
                "--ready-file",
                ready.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("log").toFile()))
            .start();
    while (!Files.exists(ready)) {
      if (!process.isAlive() || System.nanoTime() - begin > PATIENCE_NANOS) {
        throw new IllegalStateException("no start; see " + directory.resolve("log"));
      }
      Thread.sleep(10);
    }
    slowestStart = Math.max(slowestStart, (System.nanoTime() - begin) / 1_000_000);
    server.web = JSON.readTree(ready.toFile()).path("web").asText();
  }

  private interface Look {
    boolean seen() throws Exception;
  }

  private void await(String what, Look look) throws Exception {
    long begin = System.nanoTime();
    while (!look.seen()) {
      if (System.nanoTime() - begin > PATIENCE_NANOS) {
        check(false, "never seen: " + what);
        return;
      }
      Thread.sleep(5);
    }
  }

  private void push(String metric, String trial, double value) throws Exception {
    Sample sample =
        new Sample(
            Labels.of(Labels.NAME, metric, "trial", trial), System.currentTimeMillis(), value);
    int status = server.write(List.of(sample));
    check(status / 100 == 2, metric + " was answered with " + status);
  }

  /// Other samples, until it is over; what is lost with a killed process is not missed here.
  private void load(AtomicBoolean over) {
    while (!over.get()) {
      long begin = System.nanoTime();
      List<Sample> samples = new ArrayList<>();
      for (int i = 0; i < rate / 10; i++) {
        samples.add(
            new Sample(
                Labels.of(Labels.NAME, "exam_load", "series", "s" + i),
                System.currentTimeMillis(),
                i));
      }
      try {
        int _ = server.write(samples);
        Thread.sleep(Math.max(1, 100 - (System.nanoTime() - begin) / 1_000_000));
      } catch (IOException | InterruptedException e) {
        // It was struck; the next one listens elsewhere.
      }
    }
  }
}
