package hinomi.agent.tail;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.agent.MemoryFolder;
import hinomi.model.Labels;
import hinomi.model.LogRecord;
import hinomi.testkit.Seeds;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A writer that appends, leaves half lines, and rotates in both ways, against a tailer that is
/// stopped, killed and refused at random.
final class TailLawTest {
  @TempDir(factory = MemoryFolder.class)
  Path folder;

  private final class World {
    private final Random random;
    private final Path home;
    private final Path log;
    private final String glob;
    private final List<String> written = new ArrayList<>();
    private final List<LogRecord> taken = new ArrayList<>();
    private Instant now = Instant.parse("2026-03-02T00:00:00Z");
    private OutputStream writer;
    private LogTailer tailer;
    private String half = "";
    private int count;
    private boolean refuses;
    private boolean dies;

    World(Random random, int run) throws IOException {
      this.random = random;
      this.home = Files.createDirectories(folder.resolve("run" + run));
      this.log = home.resolve("app.log");
      this.glob = home + (random.nextBoolean() ? "/app.log" : "/*.log*");
      this.writer = open();
      this.tailer = start();
    }

    private OutputStream open() throws IOException {
      return Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private LogTailer start() {
      LogSource source =
          new LogSource(
              List.of(glob),
              Labels.of("job", "test"),
              StandardCharsets.UTF_8,
              Optional.empty(),
              LogSource.ReadFrom.BEGINNING);
      return new LogTailer(
          List.of(source),
          home.resolve("checkpoint"),
          this::take,
          ZoneOffset.UTC,
          new SimpleMeterRegistry());
    }

    private boolean take(List<LogRecord> lines) {
      if (refuses) {
        return false;
      }
      taken.addAll(lines);
      if (dies) {
        dies = false;
        throw new IllegalStateException("killed after the batch was taken");
      }
      return true;
    }

    void poll() {
      now = now.plusSeconds(1);
      tailer.poll(now);
    }

    void append() throws IOException {
      int lines = 1 + random.nextInt(30);
      for (int i = 0; i < lines; i++) {
        String line = half.isEmpty() ? "line " + count++ + " 注文".repeat(random.nextInt(9)) : half;
        written.add(line);
        String rest = half.isEmpty() ? line : line.substring(4);
        half = "";
        writer.write((rest + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }

    /// Writes the first four bytes of a line.
    void appendHalf() throws IOException {
      if (half.isEmpty()) {
        half = "line " + count++;
        writer.write(half.substring(0, 4).getBytes(StandardCharsets.UTF_8));
      }
    }

    void rename() throws IOException {
      shift();
      Files.move(log, home.resolve("app.log.1"));
      // The old writer goes on for a while, as one does that was not told yet.
      append();
      writer.close();
      writer = open();
    }

    void copyTruncate() throws IOException {
      if (!half.isEmpty()) {
        append();
      }
      shift();
      Files.copy(log, home.resolve("app.log.1"));
      if (random.nextInt(3) == 0) {
        poll();
      }
      Files.newByteChannel(log, StandardOpenOption.WRITE).truncate(0).close();
      append();
    }

    private void shift() throws IOException {
      // More are kept than are ever made: what is deleted before it was read is lost.
      for (int i = 60; i >= 1; i--) {
        Path old = home.resolve("app.log." + i);
        if (Files.exists(old)) {
          Files.move(old, home.resolve("app.log." + (i + 1)));
        }
      }
    }

    void restart() {
      tailer.close();
      tailer = start();
    }

    void kill() throws IOException {
      dies = true;
      append();
      try {
        poll();
      } catch (IllegalStateException _) {
        // What a kill -9 between the spool's answer and the checkpoint looks like.
      }
      dies = false;
      restart();
    }

    void step(boolean kills) throws IOException {
      switch (random.nextInt(kills ? 8 : 7)) {
        case 0, 1 -> append();
        case 2 -> appendHalf();
        case 3 -> rotate(random.nextBoolean());
        case 4 -> restart();
        case 5 -> refuses = random.nextInt(4) == 0;
        case 6 -> poll();
        default -> kill();
      }
    }

    /// Between two rotations the file is seen, as the documentation asks for.
    private void rotate(boolean byRename) throws IOException {
      append();
      poll();
      append();
      if (byRename) {
        rename();
      } else {
        copyTruncate();
      }
      poll();
    }

    void finish() throws IOException {
      if (!half.isEmpty()) {
        append();
      }
      refuses = false;
      for (int i = 0; i < 80; i++) {
        poll();
      }
      tailer.close();
      writer.close();
    }

    List<String> lines() {
      return taken.stream().map(LogRecord::line).toList();
    }
  }

  private int runs;

  private static List<String> less(Collection<String> all, Collection<String> some) {
    List<String> left = new ArrayList<>(all);
    some.forEach(left::remove);
    return left;
  }

  @Test
  void everyLineArrivesExactlyOnceWhateverIsRotatedAndRestarted() {
    Seeds.forAll(
        60,
        random -> {
          World world = new World(random, runs++);
          world.append();
          world.poll();
          for (int i = 0; i < 60; i++) {
            world.step(false);
          }
          world.finish();
          assertThat(less(world.written, world.lines())).as("lost").isEmpty();
          assertThat(less(world.lines(), world.written)).as("twice, or never written").isEmpty();
        });
  }

  @Test
  void everyLineArrivesAtLeastOnceWhenTheAgentIsKilled() {
    Seeds.forAll(
        40,
        random -> {
          World world = new World(random, runs++);
          world.append();
          world.poll();
          for (int i = 0; i < 60; i++) {
            world.step(true);
          }
          world.finish();
          Set<String> arrived = new HashSet<>(world.lines());
          Set<String> written = new HashSet<>(world.written);
          assertThat(less(written, arrived)).as("lost").isEmpty();
          assertThat(less(arrived, written)).as("never written").isEmpty();
        });
  }

  @Test
  void theTimesOfAFileRiseStrictly() {
    Seeds.forAll(
        10,
        random -> {
          World world = new World(random, runs++);
          for (int i = 0; i < 20; i++) {
            world.append();
            world.poll();
          }
          world.finish();
          List<Long> times = world.taken.stream().map(LogRecord::timestamp).toList();
          for (int i = 1; i < times.size(); i++) {
            assertThat(times.get(i)).isGreaterThan(times.get(i - 1));
          }
          assertThat(Duration.ofNanos(times.getLast() - times.getFirst()))
              .isLessThan(Duration.ofMinutes(2));
        });
  }
}
