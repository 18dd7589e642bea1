import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Part B: 100 hosts × 100 series × 24 h: what a sample takes on disk, and what questions take.
/// Answers are compared with Prometheus', whose are the reference.
final class DayPart {
  private static final Figures.Measure CPU =
      Figures.Measure.of("B CPU s per M samples, 20 of a series at once");
  private static final Figures.Measure BYTES =
      Figures.Measure.of("B bytes per sample, logs not counted")
          .atMost(1, Figures.Against.VICTORIA_METRICS);
  private static final Figures.Measure MEAN =
      Figures.Measure.of("B queries, p50: geometric mean of the ratios").atMost(0.45);
  private static final Figures.Measure LONG_MEAN =
      Figures.Measure.of("B long queries, CPU: geometric mean").atMost(0.35);
  private static final Figures.Measure DIFFERENT =
      Figures.Measure.of("B answers unlike Prometheus'").atMost(0);

  private final Bench bench;
  private final Figures figures;

  DayPart(Bench bench, Figures figures) {
    this.bench = bench;
    this.figures = figures;
  }

  void run() throws Exception {
    Bodies.Scrapes scrapes = Bodies.Scrapes.untilNow(15_000, 5760);
    List<Bodies.Body> all =
        Bodies.of(
            bench.file("B"),
            new Fleet(bench.hosts(100, 10), 100, 2),
            scrapes,
            new Bodies.Shape(20, 10_000));
    List<Questions.Question> questions = Questions.about(scrapes);
    Map<Contestant.Kind, Contestant> servers = new EnumMap<>(Contestant.Kind.class);
    try {
      for (Contestant.Kind kind : bench.kinds()) {
        Contestant server = bench.fresh(kind);
        servers.put(kind, server);
        load(server, all);
      }
      ask(servers, questions);
      compare(servers, questions);
      for (Contestant server : servers.values()) {
        server.writeDown();
        figures.add(BYTES, server.kind(), (double) server.weigh() / Bodies.samples(all));
      }
    } finally {
      for (Contestant server : servers.values()) {
        server.close();
        bench.forget(server.kind());
      }
    }
  }

  /// VictoriaMetrics is asked in its best state, when all is merged; ours and Prometheus in the one
  /// that they come to by themselves.
  private void load(Contestant server, List<Bodies.Body> all) throws Exception {
    double begin = server.cpuSeconds();
    Load.Result sent = Load.send(server.port(), all);
    server.settle();
    if (server.kind() == Contestant.Kind.VICTORIA_METRICS) {
      server.writeDown();
    }
    figures.add(CPU, server.kind(), (server.cpuSeconds() - begin) * 1e6 / sent.samples());
  }

  private void ask(Map<Contestant.Kind, Contestant> servers, List<Questions.Question> questions)
      throws Exception {
    for (int round = 0; round < bench.rounds(); round++) {
      for (Questions.Question question : questions) {
        for (Contestant server : servers.values()) {
          Questions.Timing timing = Questions.time(server, question);
          figures.add(p50(question), server.kind(), timing.p50());
          figures.add(cpu(question), server.kind(), timing.cpu());
        }
      }
    }
    List<Figures.Measure> p50s = new ArrayList<>();
    List<Figures.Measure> longCpus = new ArrayList<>();
    for (Questions.Question question : questions) {
      if (question.kind() != Questions.Kind.NAMES) {
        p50s.add(p50(question));
      }
      if (question.kind() == Questions.Kind.LONG_QUERY) {
        longCpus.add(cpu(question));
      }
    }
    figures.addMean(MEAN, p50s);
    figures.addMean(LONG_MEAN, longCpus);
  }

  private static Figures.Measure p50(Questions.Question question) {
    Figures.Measure measure = Figures.Measure.of("B p50 ms, " + question.name());
    return question.kind() == Questions.Kind.NAMES
        ? measure.atMost(1, Figures.Against.PROMETHEUS)
        : measure.atMost(0.8, Figures.Against.BETTER);
  }

  private static Figures.Measure cpu(Questions.Question question) {
    Figures.Measure measure = Figures.Measure.of("B CPU ms, " + question.name());
    return question.kind() == Questions.Kind.LONG_QUERY
        ? measure.atMost(0.35, Figures.Against.VICTORIA_METRICS)
        : measure;
  }

  private void compare(
      Map<Contestant.Kind, Contestant> servers, List<Questions.Question> questions) {
    Contestant reference = servers.get(Contestant.Kind.PROMETHEUS);
    if (reference == null) {
      return;
    }
    for (Contestant server : servers.values()) {
      if (server != reference) {
        Map<String, String> different = Questions.differences(server, reference, questions);
        figures.add(DIFFERENT, server.kind(), different.size());
        different.forEach((name, what) ->
            System.out.println(
                server.kind().title() + " answers \"" + name + "\" otherwise: " + what));
      }
    }
  }
}
