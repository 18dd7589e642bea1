package hinomi.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.agent.MemoryFolder;
import hinomi.testkit.Seeds;
import hinomi.testkit.SimTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpoolTest {
  @TempDir(factory = MemoryFolder.class)
  Path folder;

  private final SimTime time = new SimTime();
  private SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private int runs;

  private Spool open(Path place, long max, WhenFull whenFull) {
    registry = new SimpleMeterRegistry();
    return Spool.open("test", place, new SpoolLimit(max, whenFull), time, registry);
  }

  private static byte[] payload(int number, int size) {
    byte[] bytes = new byte[Math.max(size, 12)];
    ByteBuffer.wrap(bytes).put(String.format("%012d", number).getBytes(StandardCharsets.UTF_8));
    return bytes;
  }

  private static int number(Batch batch) {
    return Integer.parseInt(new String(batch.payload(), 0, 12, StandardCharsets.UTF_8));
  }

  private static Optional<Batch> next(Spool spool) throws InterruptedException {
    return spool.peek(Duration.ZERO);
  }

  private double dropped(String reason) {
    return registry.find("hinomi.agent.dropped").tag("reason", reason).counters().stream()
        .mapToDouble(counter -> counter.count())
        .sum();
  }

  @Test
  void whatWasOfferedComesOutInOrderOverRestarts() {
    Seeds.forAll(
        30,
        random -> {
          Path place = folder.resolve("run" + runs++);
          Spool spool = open(place, 1 << 20, WhenFull.REFUSE);
          int in = 0;
          int out = 0;
          for (int i = 0; i < 200; i++) {
            switch (random.nextInt(5)) {
              case 0, 1 -> {
                if (spool.offer(payload(in, random.nextInt(9000)), 1)) {
                  in++;
                }
              }
              case 2, 3 -> {
                Optional<Batch> batch = next(spool);
                if (batch.isPresent()) {
                  assertThat(number(batch.get())).isEqualTo(out++);
                  spool.done(batch.get());
                } else {
                  assertThat(out).isEqualTo(in);
                }
              }
              default -> {
                spool.close();
                spool = open(place, 1 << 20, WhenFull.REFUSE);
              }
            }
          }
          spool.close();
        });
  }

  /// The folder of a killed process is what was on disk at that instant, plus any beginning of the
  /// write that was under way.
  @Test
  void afterACrashEverythingConfirmedIsThereAndNothingHalf() {
    Seeds.forAll(
        40,
        random -> {
          Path place = folder.resolve("run" + runs++);
          Path crashed = folder.resolve("crashed" + runs);
          int in = 0;
          int done = 0;
          try (Spool spool = open(place, 1 << 20, WhenFull.REFUSE)) {
            for (int i = 0; i < 40; i++) {
              spool.offer(payload(in, random.nextInt(9000)), 1);
              in++;
              Optional<Batch> batch = next(spool);
              if (random.nextInt(3) > 0 && batch.isPresent()) {
                spool.done(batch.get());
                done++;
              }
            }
            copy(place, crashed);
          }
          tear(crashed, random);
          try (Spool spool = open(crashed, 1 << 20, WhenFull.REFUSE)) {
            List<Integer> found = drain(spool);
            List<Integer> expected = new ArrayList<>();
            for (int i = done; i < in; i++) {
              expected.add(i);
            }
            assertThat(found).isEqualTo(expected);
            // And it goes on.
            assertThat(spool.offer(payload(in, 10), 1)).isTrue();
            assertThat(drain(spool)).containsExactly(in);
          }
        });
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  private static Path last(Path place) throws IOException {
    try (Stream<Path> files = Files.list(place)) {
      return files.filter(file -> file.toString().endsWith(".spool")).sorted().toList().getLast();
    }
  }

  /// Appends a beginning of a batch, or zeros, as an unfinished write leaves them.
  private static void tear(Path place, Random random) throws IOException {
    byte[] torn = new byte[random.nextInt(200)];
    if (random.nextBoolean()) {
      ByteBuffer.wrap(Files.readAllBytes(last(place)), Segment.HEADER, Math.min(20, torn.length))
          .get(torn, 0, Math.min(20, torn.length));
    }
    Files.write(last(place), torn, StandardOpenOption.APPEND);
  }

  private static List<Integer> drain(Spool spool) throws InterruptedException {
    List<Integer> found = new ArrayList<>();
    for (Optional<Batch> batch = next(spool); batch.isPresent(); batch = next(spool)) {
      found.add(number(batch.get()));
      spool.done(batch.get());
    }
    return found;
  }

  @Test
  void aFlippedBitCostsOneBatchAndIsTold() throws Exception {
    try (Spool spool = open(folder, 1 << 20, WhenFull.REFUSE)) {
      for (int i = 0; i < 5; i++) {
        spool.offer(payload(i, 100), 1);
      }
    }
    Path file = last(folder);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {99}), Segment.HEADER + 124 * 2 + 50);
    }
    try (Spool spool = open(folder, 1 << 20, WhenFull.REFUSE)) {
      assertThat(drain(spool)).containsExactly(0, 1, 3, 4);
      assertThat(registry.get("hinomi.agent.spool.damaged.bytes").counter().count()).isEqualTo(124);
    }
  }

  @Test
  void aFullSpoolOfMetricsDropsTheOldestAndCountsThem() throws Exception {
    try (Spool spool = open(folder, 64 << 10, WhenFull.DROP_OLDEST)) {
      int offered = 500;
      for (int i = 0; i < offered; i++) {
        assertThat(spool.offer(payload(i, 1000), 7)).isTrue();
      }
      List<Integer> found = drain(spool);
      assertThat(found.getLast()).isEqualTo(offered - 1);
      assertThat(found.size() * 7 + dropped("spool_full")).isEqualTo(offered * 7.0);
      assertThat(found.size()).isGreaterThan(50);
    }
  }

  @Test
  void aFullSpoolOfLogsRefusesAndTakesAgainWhenSomethingWasShipped() throws Exception {
    try (Spool spool = open(folder, 64 << 10, WhenFull.REFUSE)) {
      int taken = 0;
      while (spool.offer(payload(taken, 1000), 1)) {
        taken++;
      }
      assertThat(taken).isBetween(55, 64);
      assertThat(drain(spool)).hasSize(taken);
      assertThat(spool.offer(payload(0, 1000), 1)).isTrue();
      assertThat(dropped("spool_full")).isZero();
    }
  }

  @Test
  void lagAndSizeAreZeroWhenEverythingIsShipped() throws Exception {
    try (Spool spool = open(folder, 1 << 20, WhenFull.REFUSE)) {
      spool.offer(payload(0, 1000), 1);
      time.advance(Duration.ofSeconds(90));
      assertThat(registry.get("hinomi.agent.spool.lag.seconds").gauge().value()).isEqualTo(90);
      assertThat(registry.get("hinomi.agent.spool.bytes").gauge().value()).isEqualTo(1024);
      drain(spool);
      assertThat(registry.get("hinomi.agent.spool.lag.seconds").gauge().value()).isZero();
      assertThat(registry.get("hinomi.agent.spool.bytes").gauge().value()).isZero();
    }
  }
}
