import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/// Sends samples at a pace, first alone and then while several clients ask the [DeadlyQueries] over
/// and over: what becomes of each, and do the samples' requests feel it?
///
///     benchmarks/query-of-death [--hosts 1000] [--rate 50000] [--seconds 20] [--clients 4]
///         [--scratch DIR] [--port 19480]
///
/// Exits 1 when a question that has to be refused is answered, when one breaks something (5xx but
/// for 503, a closed connection), or when the samples' p99 is more than doubled and above 15 ms.
final class QueryOfDeath {
  private static final int HISTORY = 60;
  private static final double BEARABLE_MILLIS = 15;

  private final Contestant server;
  private final List<DeadlyQueries.Deadly> queries;
  private final Map<String, Fate> fates = new ConcurrentHashMap<>();
  private final AtomicBoolean over = new AtomicBoolean();

  /// What became of one question; its own lock.
  private static final class Fate {
    private final List<Double> millis = new ArrayList<>();
    private String last = "";
    private boolean broken;

    synchronized void add(double took, String answer, boolean bad) {
      millis.add(took);
      last = answer;
      broken |= bad;
    }

    synchronized void print(String name) {
      List<Double> sorted = millis.stream().sorted().toList();
      System.out.printf(
          "%s %-32s %5d × %9.1f ms, at most %9.1f   %s%n",
          broken ? "BROKEN" : "      ",
          name,
          sorted.size(),
          sorted.get(sorted.size() / 2),
          sorted.getLast(),
          last);
    }
  }

  private QueryOfDeath(Contestant server, List<DeadlyQueries.Deadly> queries) {
    this.server = server;
    this.queries = queries;
  }

  public static void main(String[] words) throws Exception {
    Words read =
        Words.of(
            words, Set.of("--hosts", "--rate", "--seconds", "--clients", "--scratch", "--port"));
    Path scratch =
        Files.createTempDirectory(
            Path.of(read.text("--scratch", System.getProperty("java.io.tmpdir"))), "hinomi-bench-");
    boolean good;
    try {
      good = run(read, scratch);
    } finally {
      Contestant.delete(scratch);
    }
    System.exit(good ? 0 : 1);
  }

  private static boolean run(Words read, Path scratch) throws Exception {
    Fleet fleet = new Fleet(read.whole("--hosts", 1000), 100, 5);
    double rate = read.number("--rate", 50_000);
    double samples = rate * read.number("--seconds", 20);
    int paced = (int) Math.ceil(samples / fleet.size());
    Bodies.Scrapes scrapes = Bodies.Scrapes.inMemory(HISTORY + 3 * paced);
    List<Bodies.Body> all =
        Bodies.of(scratch.resolve("D"), fleet, scrapes, new Bodies.Shape(1, 2000));
    int each = all.size() / scrapes.count();
    int history = HISTORY * each;
    int phase = paced * each;
    Path program = Path.of(System.getProperty("hinomi.home"), "hinomi");
    try (Contestant server =
        Contestant.start(
            Contestant.Kind.HINOMI,
            program,
            scratch.resolve("data"),
            read.whole("--port", 19_480))) {
      QueryOfDeath exam = new QueryOfDeath(server, DeadlyQueries.all(scrapes.last() / 1000));
      Load.Result _ = Load.send(server.port(), all.subList(0, history));
      Load.Result _ = Load.send(server.port(), all.subList(history, history + phase), rate);
      Load.Result alone =
          Load.send(server.port(), all.subList(history + phase, history + 2 * phase), rate);
      long memory = server.peakMebibytes();
      List<Thread> clients = exam.ask(read.whole("--clients", 4));
      Load.Result beside =
          Load.send(server.port(), all.subList(history + 2 * phase, all.size()), rate);
      exam.over.set(true);
      for (Thread client : clients) {
        client.join();
      }
      exam.askTheRest();
      return exam.print(alone, beside, memory);
    }
  }

  private List<Thread> ask(int clients) {
    List<Thread> threads = new ArrayList<>();
    for (int c = 0; c < clients; c++) {
      Random random = new Random(c);
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                List<DeadlyQueries.Deadly> own = new ArrayList<>(queries);
                while (!over.get()) {
                  Collections.shuffle(own, random);
                  for (DeadlyQueries.Deadly query : own) {
                    if (!over.get()) {
                      ask(query);
                    }
                  }
                }
              }));
    }
    return threads;
  }

  /// Those whose turn did not come while there were samples.
  private void askTheRest() {
    queries.stream().filter(query -> !fates.containsKey(query.name())).forEach(this::ask);
  }

  private void ask(DeadlyQueries.Deadly query) {
    Fate fate = fates.computeIfAbsent(query.name(), _ -> new Fate());
    long from = System.nanoTime();
    try (Connection connection = new Connection(server.port())) {
      Connection.Answer answer = connection.post(query.path(), query.form());
      double millis = (System.nanoTime() - from) / 1e6;
      boolean refused = answer.status() / 100 == 4;
      boolean bounded = refused || answer.good() || answer.status() == 503;
      String text = answer.good() ? answer.body().length + " bytes" : error(answer);
      fate.add(
          millis,
          answer.status() + " " + text,
          query.expected() == DeadlyQueries.Fate.REFUSED ? !refused : !bounded);
    } catch (IOException e) {
      fate.add((System.nanoTime() - from) / 1e6, e.toString(), true);
    }
  }

  private static String error(Connection.Answer answer) {
    String text = answer.text().replaceAll("\\s+", " ").replaceAll(".*\"error\":\"(.*)\"}", "$1");
    return text.length() > 100 ? text.substring(0, 100) + "…" : text;
  }

  private boolean print(Load.Result alone, Load.Result beside, long memory) {
    for (DeadlyQueries.Deadly query : queries) {
      fates.get(query.name()).print(query.name());
    }
    print("samples alone", alone);
    print("samples beside the questions", beside);
    System.out.printf(
        "peak resident memory %d MiB, before the questions %d%n", server.peakMebibytes(), memory);
    boolean unharmed = fates.values().stream().noneMatch(fate -> fate.broken);
    boolean unfelt = beside.millis(0.99) <= Math.max(2 * alone.millis(0.99), BEARABLE_MILLIS);
    System.out.println(
        (unharmed ? "every question was refused or kept within limits" : "FAILED: see BROKEN")
            + (unfelt ? "; the samples did not feel it" : "; FAILED: the samples felt it"));
    return unharmed && unfelt;
  }

  private static void print(String what, Load.Result result) {
    System.out.printf(
        "%-30s p50 %8.2f  p99 %8.2f  max %8.2f ms, %,.0f samples/s%n",
        what, result.millis(0.5), result.millis(0.99), result.millis(1), result.rate());
  }
}
