package hinomi.agent.tail;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.model.Labels;
import hinomi.model.LogRecord;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogTailerTest {
  @TempDir Path folder;

  private final List<LogRecord> taken = new ArrayList<>();
  private Instant now = Instant.parse("2026-03-02T00:00:00Z");
  private Optional<LogTailer> running = Optional.empty();

  private LogTailer start(Charset encoding, Optional<Pattern> first, LogSource.ReadFrom from) {
    LogSource source =
        new LogSource(
            List.of(folder + "/**/*.log"), Labels.of("job", "test"), encoding, first, from);
    LogTailer tailer =
        new LogTailer(
            List.of(source),
            folder.resolve("checkpoint"),
            taken::addAll,
            ZoneOffset.UTC,
            new SimpleMeterRegistry());
    running = Optional.of(tailer);
    return tailer;
  }

  private LogTailer start() {
    return start(StandardCharsets.UTF_8, Optional.empty(), LogSource.ReadFrom.BEGINNING);
  }

  @AfterEach
  void close() {
    running.ifPresent(LogTailer::close);
  }

  private Path write(String name, byte[] bytes) throws IOException {
    Path file = folder.resolve("logs").resolve(name);
    Files.createDirectories(folder.resolve("logs"));
    return Files.write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private Path write(String name, String text) throws IOException {
    return write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private void poll(LogTailer tailer, int seconds) {
    for (int i = 0; i < seconds; i++) {
      now = now.plusSeconds(1);
      tailer.poll(now);
    }
  }

  private List<String> lines() {
    return taken.stream().map(LogRecord::line).toList();
  }

  @Test
  void streamsCarryTheFileNameAndTheConfiguredLabels() throws IOException {
    Path file = write("a.log", "x\r\n");
    poll(start(), 1);
    assertThat(taken).hasSize(1);
    assertThat(taken.getFirst().stream())
        .isEqualTo(Labels.of("job", "test", "filename", file.toString()));
    assertThat(taken.getFirst().line()).isEqualTo("x");
  }

  @Test
  void japaneseExchangesWriteShiftJis() throws IOException {
    Charset charset = Charset.forName("windows-31j");
    write("a.log", "約定①髙島屋ソ\n".getBytes(charset));
    poll(start(charset, Optional.empty(), LogSource.ReadFrom.BEGINNING), 1);
    assertThat(lines()).containsExactly("約定①髙島屋ソ");
    assertThat(taken.getFirst().metadata()).isEqualTo(Labels.EMPTY);
  }

  @Test
  void invalidBytesAreReplacedAndFlagged() throws IOException {
    write("a.log", new byte[] {'a', (byte) 0xff, 'b', '\n', 'c', '\n'});
    poll(start(), 1);
    assertThat(lines()).containsExactly("a\uFFFDb", "c");
    assertThat(taken.get(0).metadata()).isEqualTo(Labels.of("invalid_encoding", "true"));
    assertThat(taken.get(1).metadata()).isEqualTo(Labels.EMPTY);
  }

  @Test
  void aVeryLongLineIsCutAndFlaggedAndTheNextOneIsWhole() throws IOException {
    LogTailer tailer = start();
    write("a.log", "あ".repeat(700_000));
    poll(tailer, 2);
    write("a.log", "あ".repeat(1000) + "\nnext\n");
    poll(tailer, 2);
    assertThat(taken).hasSize(2);
    assertThat(taken.get(0).line()).hasSizeBetween(87_381, 87_382);
    assertThat(taken.get(0).metadata()).isEqualTo(Labels.of("truncated", "true"));
    assertThat(taken.get(1).line()).isEqualTo("next");
  }

  @Test
  void anEventOfSeveralLinesWaitsForItsEnd() throws IOException {
    LogTailer tailer =
        start(
            StandardCharsets.UTF_8,
            Optional.of(Pattern.compile("^\\d{4}-")),
            LogSource.ReadFrom.BEGINNING);
    write("a.log", "2026-03-01 10:00:00 error\n  at A\n");
    poll(tailer, 1);
    assertThat(lines()).isEmpty();
    write("a.log", "  at B\n2026-03-01 10:00:01 fine\n");
    poll(tailer, 1);
    assertThat(lines()).containsExactly("2026-03-01 10:00:00 error\n  at A\n  at B");
    poll(tailer, 5);
    assertThat(lines()).hasSize(2).endsWith("2026-03-01 10:00:01 fine");
  }

  @Test
  void manyShortLinesWithoutAnEventStartStillGoOn() throws IOException {
    LogTailer tailer =
        start(
            StandardCharsets.UTF_8,
            Optional.of(Pattern.compile("^START")),
            LogSource.ReadFrom.BEGINNING);
    write("a.log", "x\n".repeat(30_000));
    poll(tailer, 6);
    assertThat(String.join("\n", lines())).isEqualTo("x\n".repeat(30_000).strip());
  }

  @Test
  void readingFromTheEndHoldsForTheFirstRunOnly() throws IOException {
    write("old.log", "before\nhal");
    LogTailer tailer = start(StandardCharsets.UTF_8, Optional.empty(), LogSource.ReadFrom.END);
    poll(tailer, 1);
    write("old.log", "f\nafter\n");
    write("new.log", "whole\n");
    poll(tailer, 1);
    assertThat(lines()).containsExactlyInAnyOrder("after", "whole");
  }

  @Test
  void aRotatedFileEndsEvenWithoutALineEnd() throws IOException {
    LogTailer tailer = start();
    Path file = write("a.log", "one\ntwo");
    poll(tailer, 1);
    Files.delete(file);
    poll(tailer, 15);
    assertThat(lines()).containsExactly("one", "two");
  }

  @Test
  void nulBytesOfATruncatedFileAreLeftOut() throws IOException {
    LogTailer tailer = start();
    write("a.log", new byte[] {0, 0, 0, 0, 'x', '\n'});
    poll(tailer, 1);
    assertThat(lines()).containsExactly("x");
  }

  @Test
  void twoFilesThatBeginAlikeAreBothRead() throws IOException {
    LogTailer tailer = start();
    write("app.log", "started\n");
    poll(tailer, 1);
    write("app-2.log", "started\n");
    poll(tailer, 1);
    write("app-2.log", "more\n");
    poll(tailer, 70);
    assertThat(lines()).containsExactlyInAnyOrder("started", "started", "more");
  }
}
