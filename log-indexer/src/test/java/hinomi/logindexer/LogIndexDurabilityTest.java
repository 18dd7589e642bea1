package hinomi.logindexer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hinomi.logindexer.segment.Extent;
import hinomi.model.Admission;
import hinomi.model.Labels;
import hinomi.model.LogRecord;
import hinomi.model.Unavailable;
import hinomi.testkit.Seeds;
import hinomi.testkit.SimTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was acknowledged is found, once, whatever happened in between.
final class LogIndexDurabilityTest {
  private static final Labels STREAM = Labels.of("app", "matching");

  @TempDir Path folder;
  private final SimTime time = new SimTime();

  private LogIndex open(Path directory) {
    return LogIndex.open(LogIndexConfig.in(directory), time, new SimpleMeterRegistry());
  }

  private LogRecord line(String text) {
    return new LogRecord(STREAM, time.nanos(), text);
  }

  private List<String> all(LogIndex index) {
    LogQuery query = LogQuery.of(List.of(), 0, Long.MAX_VALUE, 1_000_000);
    return index.search(query).stream().map(LogRecord::line).sorted().toList();
  }

  /// A copy is what a crash leaves: nothing was closed. Index files that vanish while a merge ends
  /// are copied again from the start.
  private static Path crashCopy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.sorted().toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
    return to;
  }

  @Test
  void after_a_crash_every_acknowledged_line_is_found_exactly_once() {
    Seeds.forAll(
        3,
        random -> {
          Path directory = Files.createTempDirectory(folder, "crash");
          List<String> acknowledged = new ArrayList<>();
          LogIndex index = open(directory);
          for (int i = 0; i < 25; i++) {
            List<LogRecord> lines = new ArrayList<>();
            for (int j = random.nextInt(20); j >= 0; j--) {
              lines.add(
                  new LogRecord(
                      STREAM,
                      time.nanos() - Duration.ofHours(random.nextInt(60)).toNanos(),
                      "line " + i + "." + j));
            }
            index.append(lines);
            lines.forEach(line -> acknowledged.add(line.line()));
            if (random.nextInt(5) == 0) {
              index.flush();
            }
            if (random.nextInt(6) == 0) {
              Path copy = crashCopy(directory, Files.createTempDirectory(folder, "copy"));
              index.close();
              directory = copy;
              index = open(directory);
            }
            time.advance(Duration.ofSeconds(random.nextInt(30)));
          }
          assertThat(all(index)).isEqualTo(acknowledged.stream().sorted().toList());
          index.close();
        });
  }

  @Test
  void a_journal_that_comes_back_from_the_dead_adds_nothing() throws IOException {
    Path journal = folder.resolve("journal");
    Path before = Files.createTempDirectory("journal");
    try (LogIndex index = open(folder)) {
      index.append(List.of(line("a"), line("b")));
      crashCopy(journal, before);
    }
    crashCopy(before, Files.createDirectories(folder.resolve("again")));
    try (Stream<Path> files = Files.list(folder.resolve("again"))) {
      for (Path file : files.toList()) {
        Files.move(file, journal.resolve(String.valueOf(file.getFileName())));
      }
    }
    try (LogIndex index = open(folder)) {
      List<String> lines = new ArrayList<>();
      index.scan(
          LogQuery.of(List.of(), 0, Long.MAX_VALUE, 1), (_, _, _, bytes) -> lines.add("" + bytes));
      assertThat(lines).hasSize(2);
      assertThat(index.extents(List.of(), 0, Long.MAX_VALUE).values())
          .extracting(Extent::lines)
          .containsExactly(2L);
    }
  }

  @Test
  void a_torn_or_damaged_journal_costs_only_the_records_it_hits() {
    Seeds.forAll(
        10,
        random -> {
          Path directory = Files.createTempDirectory(folder, "torn");
          LogIndex index = open(directory);
          List<Long> ends = new ArrayList<>();
          for (int i = 0; i < 10; i++) {
            index.append(List.of(line("line " + i)));
            ends.add(Files.size(journalFile(directory)));
          }
          Path copy = crashCopy(directory, Files.createTempDirectory(folder, "copy"));
          index.close();
          int hit = damage(journalFile(copy), ends, random);
          try (LogIndex after = open(copy)) {
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
              if (i != hit) {
                expected.add("line " + i);
              }
            }
            assertThat(all(after)).isEqualTo(expected);
            assertThat(after.append(List.of(line("more"))).accepted()).isEqualTo(1);
          }
          try (LogIndex again = open(copy)) {
            assertThat(all(again)).hasSize(10);
          }
        });
  }

  private static Path journalFile(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("journal"))) {
      return files.filter(f -> f.toString().endsWith(".journal")).findFirst().orElseThrow();
    }
  }

  /// Flips a byte or cuts the end; tells which record it hit.
  private static int damage(Path file, List<Long> ends, Random random) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    if (random.nextBoolean()) {
      long lastStart = ends.get(8);
      int keep = (int) lastStart + random.nextInt((int) (bytes.length - lastStart));
      Files.write(file, java.util.Arrays.copyOf(bytes, keep), StandardOpenOption.TRUNCATE_EXISTING);
      return 9;
    }
    int at = random.nextInt(bytes.length);
    bytes[at] ^= (byte) (1 << random.nextInt(8));
    Files.write(file, bytes);
    int hit = 0;
    while (ends.get(hit) <= at) {
      hit++;
    }
    return hit;
  }

  @Test
  void many_senders_at_once_share_syncs_and_lose_nothing() throws Exception {
    int senders = 16;
    try (LogIndex index = open(folder);
        ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Admission>> sends = new ArrayList<>();
      for (int i = 0; i < senders * 10; i++) {
        String text = "from " + i;
        sends.add(() -> index.append(List.of(line(text))));
      }
      for (Future<Admission> sent : pool.invokeAll(sends, 30, TimeUnit.SECONDS)) {
        assertThat(sent.get().accepted()).isEqualTo(1);
      }
      assertThat(all(index)).hasSize(senders * 10);
    }
  }

  @Test
  void a_directory_in_use_is_refused_in_one_sentence() {
    try (LogIndex first = open(folder)) {
      assertThat(first.append(List.of(line("x"))).accepted()).isEqualTo(1);
      assertThatThrownBy(() -> open(folder))
          .isInstanceOf(Unavailable.class)
          .hasMessageContaining("in use");
    }
    open(folder).close();
  }

  @Test
  void an_unreadable_segment_is_set_aside_and_the_others_serve_on() throws IOException {
    try (LogIndex index = open(folder)) {
      index.append(List.of(line("old")));
      time.advance(Duration.ofDays(1));
      index.append(List.of(line("new")));
    }
    Path first;
    try (Stream<Path> segments = Files.list(folder.resolve("segments"))) {
      first = segments.sorted().findFirst().orElseThrow();
    }
    try (Stream<Path> files = Files.list(first)) {
      for (Path file : files.filter(f -> f.toString().contains("segments_")).toList()) {
        Files.write(file, new byte[] {1, 2, 3});
      }
    }
    try (LogIndex index = open(folder)) {
      assertThat(all(index)).containsExactly("new");
    }
    assertThat(first.resolveSibling(first.getFileName() + ".unreadable")).isDirectory();
  }

  @Test
  void segments_past_retention_are_deleted_whole() throws IOException {
    LogIndexConfig d = LogIndexConfig.in(folder);
    LogIndexConfig threeDays =
        new LogIndexConfig(
            folder,
            Duration.ofDays(3),
            d.segmentSpan(),
            d.maxLine(),
            d.maxAhead(),
            d.maxStreams(),
            d.flushBytes(),
            d.flushAge(),
            d.maxPending(),
            d.queryTimeout(),
            d.maxQueryBytes());
    try (LogIndex index = LogIndex.open(threeDays, time, new SimpleMeterRegistry())) {
      for (int day = 0; day < 7; day++) {
        index.append(List.of(line("day " + day)));
        time.advance(Duration.ofDays(1));
      }
      assertThat(all(index)).containsExactly("day 4", "day 5", "day 6");
      try (Stream<Path> segments = Files.list(folder.resolve("segments"))) {
        assertThat(segments).hasSize(3);
      }
    }
  }

  @Test
  void lines_that_cannot_be_taken_are_told_and_the_rest_is_stored() {
    try (LogIndex index = open(folder)) {
      long month = Duration.ofDays(31).toNanos();
      Admission admission =
          index.append(
              List.of(
                  line("good"),
                  new LogRecord(STREAM, time.nanos() - month, "old"),
                  new LogRecord(STREAM, time.nanos() + month, "ahead"),
                  new LogRecord(Labels.EMPTY, time.nanos(), "nobody's"),
                  line("x".repeat(300_000)),
                  line("half \ud83d of a pair")));
      assertThat(admission.accepted()).isEqualTo(2);
      assertThat(admission.refusals())
          .extracting(Admission.Refusal::reason)
          .containsExactly("too_old", "too_far_ahead", "no_labels", "line_too_long");
      assertThat(all(index)).containsExactly("good", "half \ufffd of a pair");
    }
  }
}
