package hinomi.logindexer;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.logindexer.LogQuery.Direction;
import hinomi.logindexer.words.WordQuery;
import hinomi.model.Labels;
import hinomi.model.LogRecord;
import hinomi.model.Matcher;
import hinomi.testkit.Seeds;
import hinomi.testkit.SimTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The law of search: whatever was stored, wherever it lies now, a search equals a naive scan.
final class LogIndexSearchTest {
  private static final long SECOND = 1_000_000_000L;
  private static final String[] WORDS = {
    "order",
    "REJECT",
    "timeout",
    "約定",
    "注文が拒否されました",
    "東京都",
    "price=101.5",
    "ＡＢＣ",
    "id-",
    "trace_id=",
    "a",
    "エラー",
    "\"quoted\"",
    "é",
    "Timeout",
    "OrderBook",
    "\n",
    "🚀",
    "0 ms"
  };
  private static final String[] REGEXES = {
    "(?i)timeout|refused", "rej.*t", "id-[0-9a-f]+", "^order", "約.*定", "(order|エラー)", "a?b*order",
    "price=\\d+\\.5", "(?i)REJECT", "[A-Z]{3}", "x+y?", ".", "\\bms\\b", "(?:a|b)c|TIMEOUT"
  };

  @TempDir Path folder;

  private LogIndex open(Path directory, SimTime time) {
    return LogIndex.open(LogIndexConfig.in(directory), time, new SimpleMeterRegistry());
  }

  @Test
  void a_search_equals_a_naive_scan_over_pending_committed_and_reopened_lines() {
    Seeds.forAll(
        4,
        random -> {
          SimTime time = new SimTime();
          Path directory = Files.createTempDirectory(folder, "law");
          List<LogRecord> all = new ArrayList<>();
          LogIndex index = open(directory, time);
          for (int round = 0; round < 6; round++) {
            List<LogRecord> lines = lines(random, time);
            if (random.nextInt(3) == 0 && !all.isEmpty()) {
              lines.addAll(all.subList(0, random.nextInt(all.size()))); // an agent sends again
            }
            assertThat(index.append(lines).accepted()).isEqualTo(lines.size());
            all.addAll(lines);
            switch (random.nextInt(4)) {
              case 0 -> index.flush();
              case 1 -> time.advance(Duration.ofMinutes(2));
              case 2 -> {
                index.close();
                index = open(directory, time);
              }
              default -> time.advance(Duration.ofSeconds(1));
            }
            for (int i = 0; i < 12; i++) {
              check(index, all, query(random, time, all));
            }
          }
          index.close();
        });
  }

  private static List<LogRecord> lines(Random random, SimTime time) {
    List<LogRecord> lines = new ArrayList<>();
    int count = 1 + random.nextInt(random.nextInt(8) == 0 ? 3000 : 60);
    for (int i = 0; i < count; i++) {
      Labels stream = Labels.of("app", "app" + random.nextInt(3), "host", "h" + random.nextInt(2));
      Labels metadata =
          random.nextInt(4) == 0
              ? Labels.of("level", random.nextBoolean() ? "error" : "info")
              : Labels.EMPTY;
      long ago = random.nextInt(3) == 0 ? random.nextInt(200_000) : random.nextInt(60);
      lines.add(new LogRecord(stream, time.nanos() - ago * SECOND, line(random), metadata));
    }
    return lines;
  }

  private static String line(Random random) {
    StringBuilder line = new StringBuilder();
    for (int i = random.nextInt(7); i >= 0; i--) {
      line.append(WORDS[random.nextInt(WORDS.length)]);
      if (random.nextInt(5) == 0) {
        line.append(Long.toHexString(random.nextLong()));
      }
      if (random.nextInt(15) == 0) {
        random.ints(random.nextInt(300), 'a', 'z' + 1).forEach(line::appendCodePoint);
      }
      line.append(random.nextInt(3) == 0 ? "" : " ");
    }
    return line.toString();
  }

  private static LogQuery query(Random random, SimTime time, List<LogRecord> all) {
    List<Matcher> matchers =
        switch (random.nextInt(4)) {
          case 0 -> List.of(Matcher.equal("app", "app1"));
          case 1 -> List.of(new Matcher(Matcher.Kind.REGEX, "app", "app[01]"));
          case 2 -> List.of(new Matcher(Matcher.Kind.NOT_EQUAL, "host", "h0"));
          default -> List.of();
        };
    List<LineFilter> filters = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      filters.add(filter(random, all));
    }
    List<Matcher> fields =
        random.nextInt(5) == 0 ? List.of(Matcher.equal("level", "error")) : List.of();
    long to = time.nanos() + 1 - random.nextInt(50) * SECOND;
    long from = to - random.nextInt(random.nextBoolean() ? 100 : 250_000) * SECOND;
    Direction direction = random.nextBoolean() ? Direction.BACKWARD : Direction.FORWARD;
    int limit = random.nextBoolean() ? 1 + random.nextInt(30) : 100_000;
    return new LogQuery(matchers, filters, fields, from, to, limit, direction);
  }

  private static LineFilter filter(Random random, List<LogRecord> all) {
    return switch (random.nextInt(7)) {
      case 0, 1, 2 -> new LineFilter.Contains(part(random, all));
      case 3 -> LineFilter.Regex.of(REGEXES[random.nextInt(REGEXES.length)]);
      case 4 -> new LineFilter.Not(new LineFilter.Contains(part(random, all)));
      case 5 ->
          new LineFilter.AnyOf(
              List.of(
                  new LineFilter.Contains(part(random, all)), LineFilter.Regex.of("(?i)refused")));
      default -> {
        String[] words = {"order", "reject 約定", "東京", "price 101", "\"0 ms\"", "abc", "エラー"};
        yield new LineFilter.Words(new WordQuery(words[random.nextInt(words.length)]));
      }
    };
  }

  private static String part(Random random, List<LogRecord> all) {
    String text =
        random.nextInt(3) == 0 ? line(random) : all.get(random.nextInt(all.size())).line();
    int from = random.nextInt(text.length() + 1);
    int to = Math.min(text.length(), from + random.nextInt(random.nextInt(5) == 0 ? 90 : 12));
    String part = text.substring(from, to);
    return part.chars().anyMatch(c -> Character.isSurrogate((char) c)) ? "🚀" : part;
  }

  private static void check(LogIndex index, List<LogRecord> all, LogQuery query) {
    List<LogRecord> expected = naive(all, query);
    List<LogRecord> found = index.search(query);
    int size = Math.min(query.limit(), expected.size());
    assertThat(found).as("%s", query).hasSize(size).doesNotHaveDuplicates();
    assertThat(new HashSet<>(expected)).as("%s", query).containsAll(found);
    // Which of several lines of the same time are taken at the limit is free; the times are not.
    assertThat(found.stream().map(LogRecord::timestamp).toList())
        .isEqualTo(expected.stream().limit(size).map(LogRecord::timestamp).toList());
    List<Long> scanned = new ArrayList<>();
    index.scan(query, (_, timestamp, _, _) -> scanned.add(timestamp));
    assertThat(scanned)
        .as("%s", query)
        .containsExactlyInAnyOrderElementsOf(expected.stream().map(LogRecord::timestamp).toList());
    Set<Labels> streams = new TreeSet<>();
    expected.forEach(line -> streams.add(line.stream()));
    assertThat(index.streams(query.matchers(), query.from(), query.to())).containsAll(streams);
  }

  /// The plain meaning, without what makes it fast.
  private static boolean holds(LineFilter filter, String line) {
    return filter instanceof LineFilter.Regex(var pattern, _)
        ? pattern.matcher(line).find()
        : filter.matches(line);
  }

  private static List<LogRecord> naive(List<LogRecord> all, LogQuery query) {
    Comparator<LogRecord> time = Comparator.comparingLong(LogRecord::timestamp);
    return all.stream()
        .distinct()
        .filter(line -> line.timestamp() >= query.from() && line.timestamp() < query.to())
        .filter(line -> Matcher.allMatch(query.matchers(), line.stream()))
        .filter(line -> query.fieldsMatch(line.stream(), line.metadata()))
        .filter(line -> query.lines().stream().allMatch(filter -> holds(filter, line.line())))
        .sorted(query.direction() == Direction.FORWARD ? time : time.reversed())
        .toList();
  }

  @Test
  void lines_of_the_same_time_come_in_the_order_of_their_arrival() {
    SimTime time = new SimTime();
    try (LogIndex index = open(folder, time)) {
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        String text = "line " + (i * 7919 % 30);
        index.append(List.of(new LogRecord(Labels.of("app", "x"), time.nanos(), text)));
        expected.add(text);
        if (i % 7 == 0) {
          index.flush();
        }
      }
      LogQuery query =
          new LogQuery(
              List.of(), List.of(), List.of(), 0, time.nanos() + 1, 100, Direction.FORWARD);
      assertThat(index.search(query).stream().map(LogRecord::line).toList()).isEqualTo(expected);
    }
  }

  @Test
  void real_logs_are_found_by_any_piece_of_their_lines() throws Exception {
    String corpora = System.getProperty("corpora", "");
    org.junit.jupiter.api.Assumptions.assumeTrue(
        !corpora.isEmpty(), "set -Dcorpora= to search real logs");
    SimTime time = new SimTime();
    List<LogRecord> all = new ArrayList<>();
    try (var files = Files.walk(Path.of(corpora, "logs", "loghub"));
        LogIndex index = open(folder, time)) {
      for (Path file : files.filter(f -> f.toString().endsWith("_2k.log")).sorted().toList()) {
        Labels stream = Labels.of("app", String.valueOf(file.getFileName()));
        List<LogRecord> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
          lines.add(new LogRecord(stream, time.nanos() - 100 * SECOND + all.size(), line));
          all.add(lines.getLast());
        }
        index.append(lines);
      }
      index.flush();
      Random random = new Random(1);
      for (int i = 0; i < 150; i++) {
        String line = all.get(random.nextInt(all.size())).line();
        int at = random.nextInt(line.length() + 1);
        int end = Math.min(line.length(), at + 4 + random.nextInt(20));
        List<LineFilter> filter = List.of(new LineFilter.Contains(line.substring(at, end)));
        check(
            index,
            all,
            new LogQuery(
                List.of(), filter, List.of(), 0, time.nanos(), 100_000, Direction.BACKWARD));
      }
    }
  }
}
