package hinomi.promql.conformance;

import hinomi.model.BadInput;
import hinomi.model.Failure;
import hinomi.model.HistogramSample;
import hinomi.model.Labels;
import hinomi.model.Sample;
import hinomi.model.Series;
import hinomi.promql.Answer;
import hinomi.promql.PromQl;
import hinomi.promql.PromQlConfig;
import hinomi.promql.memory.MemorySeries;
import hinomi.promql.notation.Point;
import hinomi.promql.notation.SeriesLine;
import hinomi.promql.parse.Numbers;
import hinomi.promql.parse.Parser;
import hinomi.promql.parse.Printer;
import hinomi.testkit.SimTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// Runs the commands of a test file in order. An `eval` that does not come out is an
/// [AssertionError].
public final class TestRun {
  /// What means something else in a range query.
  private static final Pattern OF_QUERY = Pattern.compile("\\b(start|end|step|range)\\s*\\(");

  private final MemorySeries source = new MemorySeries();
  private final PromQl promQl;

  public TestRun() {
    this(PromQlConfig.DEFAULT);
  }

  TestRun(PromQlConfig config) {
    this.promQl = new PromQl(config, source, new SimTime(), new SimpleMeterRegistry());
  }

  /// All commands of a file; a failure names the place.
  public void runAll(Path file) throws IOException {
    for (TestFile.Command command : TestFile.parse(Files.readAllLines(file))) {
      try {
        run(command);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(file + ":" + command.line() + ": " + e.getMessage(), e);
      }
    }
  }

  void run(TestFile.Command command) {
    switch (command) {
      case TestFile.Clear _ -> source.clear();
      case TestFile.Load load -> load(load);
      case TestFile.Instant instant -> instant(instant);
      case TestFile.Range range -> {
        Expectation expected = Expectation.of(range.legacy(), range.block());
        judge(
            expected,
            () ->
                promQl.range(
                    range.expression(),
                    Instant.ofEpochMilli(range.from()),
                    Instant.ofEpochMilli(range.to()),
                    Duration.ofMillis(range.step())),
            answer -> compare(matrix(expected, range.from(), range.step()), points(answer)));
      }
    }
  }

  private void load(TestFile.Load load) {
    Map<Labels, Map<Long, Long>> starts = new TreeMap<>();
    for (StartLine line : load.starts()) {
      for (int i = 0; i < line.offsets().size(); i++) {
        long time = i * load.step();
        line.offsets()
            .get(i)
            .ifPresent(by ->
                starts.computeIfAbsent(line.labels(), _ -> new TreeMap<>()).put(time, time + by));
      }
    }
    ClassicHistograms classic = new ClassicHistograms();
    // Of a series that is written twice the last line counts.
    Map<Labels, SeriesLine> lines = new LinkedHashMap<>();
    load.series().forEach(line -> lines.put(line.labels(), line));
    for (SeriesLine line : lines.values()) {
      for (int i = 0; i < line.values().size(); i++) {
        long time = i * load.step();
        long start = starts.getOrDefault(line.labels(), Map.of()).getOrDefault(time, 0L);
        line.values().get(i).ifPresent(point -> add(line.labels(), time, point, start));
      }
      classic.add(line);
    }
    if (load.withNative()) {
      classic.into(source, load.step());
    }
  }

  private void add(Labels labels, long time, Point point, long start) {
    MemorySeries.Taken _ =
        switch (point) {
          case Point.Plain number -> source.add(labels, time, number.value(), start);
          case Point.Native one -> source.add(labels, time, one.histogram(), start);
        };
  }

  /// Asks at the one time, then with that time fixed by `@` at other times; each of them also as a
  /// range query, whose middle step must agree.
  private void instant(TestFile.Instant instant) {
    Expectation expected = Expectation.of(instant.legacy(), instant.block());
    once(instant.expression(), instant.at(), instant.at(), expected);
    for (Fixed fixed : fixed(instant)) {
      try {
        once(fixed.expression(), fixed.at(), instant.at(), expected);
      } catch (AssertionError e) {
        throw new AssertionError(
            fixed.expression() + " at " + fixed.at() + " ms: " + e.getMessage(), e);
      }
    }
  }

  /// An expression that looks at the same time whenever it is asked.
  private record Fixed(String expression, long at) {}

  private static List<Fixed> fixed(TestFile.Instant instant) {
    long at = instant.at();
    List<Long> times =
        at == 0 ? List.of(-1000L, 0L, 1000L) : List.of(-10 * at, 0L, at / 5, at, 10 * at);
    try {
      return FixedTime.at(Parser.parse(instant.expression()), at)
          .map(Printer::print)
          .map(text -> times.stream().map(time -> new Fixed(text, time)).toList())
          .orElse(List.of());
    } catch (BadInput e) {
      // Judged already where it was asked as it stands.
      return List.of();
    }
  }

  /// @param named the time at which an expected range vector is told
  private void once(String expression, long at, long named, Expectation expected) {
    judge(
        expected,
        () -> promQl.instant(expression, Instant.ofEpochMilli(at)),
        answer -> {
          if (expected.text().isPresent()) {
            equal(expected.text().get(), ((Answer.Text) answer).value());
          } else if (expected.range().isPresent()) {
            if (at == named) {
              long[] times = expected.range().get();
              compare(matrix(expected, times[0], times[2]), points(answer));
            }
          } else {
            compare(matrix(expected, at, 1), points(answer));
            inOrder(expected, answer);
            overRange(expression, at, expected, answer);
          }
        });
  }

  private void overRange(String expression, long at, Expectation expected, Answer once) {
    boolean knowsItsRange = OF_QUERY.matcher(expression).find();
    if (once instanceof Answer.Matrix
        || once instanceof Answer.Text
        || knowsItsRange
        || expected.ordered()) {
      return;
    }
    Answer answer =
        promQl.range(
            expression,
            Instant.ofEpochMilli(at - 60_000),
            Instant.ofEpochMilli(at + 60_000),
            Duration.ofMinutes(1));
    Map<Labels, Map<Long, Point>> middle = new TreeMap<>();
    points(answer)
        .forEach((labels, values) -> {
          if (values.containsKey(at)) {
            middle.put(labels, Map.of(at, values.get(at)));
          }
        });
    try {
      compare(matrix(expected, at, 1), middle);
    } catch (AssertionError e) {
      throw new AssertionError("as the middle of a range: " + e.getMessage(), e);
    }
  }

  private void judge(
      Expectation expected,
      Supplier<Answer> question,
      java.util.function.Consumer<Answer> comparison) {
    Answer answer;
    try {
      answer = question.get();
    } catch (Failure e) {
      if (expected.failure().isEmpty() || !expected.failure().get().matcher(e.reason()).find()) {
        throw new AssertionError("failed: " + e.reason(), e);
      }
      return;
    }
    if (expected.failure().isPresent()) {
      throw new AssertionError("should have failed, but came to " + points(answer));
    }
    comparison.accept(answer);
    judge(expected.notes(), answer);
  }

  private static void judge(List<Expectation.Note> notes, Answer answer) {
    for (String kind : List.of("warn", "info")) {
      List<String> said = kind.equals("warn") ? answer.warnings() : answer.infos();
      List<Expectation.Note> expected =
          notes.stream().filter(note -> note.about().equals(kind)).toList();
      boolean mustBeSilent = notes.stream().anyMatch(note -> note.about().equals("no_" + kind));
      boolean allSaid =
          expected.stream()
              .allMatch(note -> said.stream().anyMatch(each -> note.text().matcher(each).find()));
      boolean allExpected =
          (expected.isEmpty() && !mustBeSilent)
              || said.stream()
                  .allMatch(
                      each -> expected.stream().anyMatch(note -> note.text().matcher(each).find()));
      if (!allSaid || !allExpected) {
        throw new AssertionError("expected " + kind + " " + notes + ", but it said " + said);
      }
    }
  }

  private static Map<Labels, Map<Long, Point>> matrix(Expectation expected, long from, long step) {
    Map<Labels, Map<Long, Point>> matrix = new TreeMap<>();
    for (String line : expected.results()) {
      if (line.matches("[+-]?[0-9.]+([eE][+-]?[0-9]+)?|[+-]?Inf|NaN")) {
        matrix.put(Labels.EMPTY, Map.of(from, Point.of(Numbers.parse(line).orElseThrow())));
      } else {
        SeriesLine series = SeriesLine.parse(line);
        Map<Long, Point> points = new TreeMap<>();
        for (int i = 0; i < series.values().size(); i++) {
          long time = from + i * step;
          series.values().get(i).ifPresent(value -> points.put(time, value));
        }
        if (!points.isEmpty()) {
          matrix.put(series.labels(), points);
        }
      }
    }
    return matrix;
  }

  static Map<Labels, Map<Long, Point>> points(Answer answer) {
    Map<Labels, Map<Long, Point>> points = new TreeMap<>();
    switch (answer) {
      case Answer.Scalar scalar ->
          points.put(Labels.EMPTY, Map.of(scalar.timestamp(), Point.of(scalar.value())));
      case Answer.Vector vector -> {
        for (Sample sample : vector.samples()) {
          points.put(sample.labels(), Map.of(sample.timestamp(), Point.of(sample.value())));
        }
        for (HistogramSample sample : vector.histograms()) {
          points.put(
              sample.labels(), Map.of(sample.timestamp(), new Point.Native(sample.value(), true)));
        }
      }
      case Answer.Matrix matrix -> {
        for (Series series : matrix.series()) {
          Map<Long, Point> values = new TreeMap<>();
          for (int i = 0; i < series.timestamps().length; i++) {
            values.put(series.timestamps()[i], Point.of(series.values()[i]));
          }
          for (Series.HistogramAt at : series.histograms()) {
            values.put(at.timestamp(), new Point.Native(at.value(), true));
          }
          points.put(series.labels(), values);
        }
      }
      case Answer.Text _ -> throw new AssertionError("a text came instead");
    }
    return points;
  }

  private static void inOrder(Expectation expected, Answer answer) {
    if (expected.ordered() && answer instanceof Answer.Vector vector) {
      List<Labels> wanted = new ArrayList<>();
      expected.results().forEach(line -> wanted.add(SeriesLine.parse(line).labels()));
      equal(wanted, vector.samples().stream().map(Sample::labels).toList());
    }
  }

  static void compare(
      Map<Labels, Map<Long, Point>> expected, Map<Labels, Map<Long, Point>> actual) {
    boolean same = expected.keySet().equals(actual.keySet());
    for (Map.Entry<Labels, Map<Long, Point>> each : expected.entrySet()) {
      same = same && same(each.getValue(), actual.getOrDefault(each.getKey(), Map.of()));
    }
    if (!same) {
      throw new AssertionError("expected " + expected + ", but it came to " + actual);
    }
  }

  private static boolean same(Map<Long, Point> expected, Map<Long, Point> actual) {
    return expected.keySet().equals(actual.keySet())
        && expected.keySet().stream()
            .allMatch(time ->
                Near.points(
                    Objects.requireNonNull(expected.get(time)),
                    Objects.requireNonNull(actual.get(time))));
  }

  static boolean near(double a, double b) {
    if (Double.isNaN(a) || Double.isNaN(b)) {
      return Double.isNaN(a) && Double.isNaN(b);
    }
    if (a == b) {
      return true;
    }
    double apart = Math.abs(a - b);
    double size = Math.abs(a) + Math.abs(b);
    return (a == 0 || b == 0)
        ? apart < 1e-6 * Double.MIN_NORMAL
        : apart / Math.min(size, Double.MAX_VALUE) < 1e-6;
  }

  private static void equal(Object expected, Object actual) {
    if (!expected.equals(actual)) {
      throw new AssertionError("expected " + expected + ", but it came to " + actual);
    }
  }
}
