package hinomi.metricstore;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.metricstore.wal.Wal;
import hinomi.model.Exemplar;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.model.Metadata;
import hinomi.model.Points;
import hinomi.model.StoredSeries;
import hinomi.model.Unavailable;
import hinomi.model.WriteBatch;
import hinomi.testkit.Seeds;
import hinomi.testkit.SimTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Damaged files cost what was damaged and nothing else, and never give a wrong value. Sample `i`
/// of batch `b` has the value that its series and time tell, so every answer can be checked alone;
/// so can exemplars, metadata, and the histograms that the first series has instead of numbers.
class DamageLawTest {
  private static final int BATCHES = 20;
  private static final int SERIES = 5;

  @TempDir Path folder;
  private int copies;

  @Test
  void aTornTailCostsOnlyTheRecordsThatItTears() throws IOException {
    Path written = folder.resolve("written");
    List<Long> ends = new ArrayList<>();
    try (Rig rig = begun(written)) {
      for (int batch = 0; batch < BATCHES; batch++) {
        append(rig, batch);
        ends.add(contentEnd(only(written, ".wal")));
      }
    }
    Seeds.forAll(
        60,
        random -> {
          Path copy = copy(written);
          long length = random.nextLong(28, ends.getLast());
          try (FileChannel log = FileChannel.open(only(copy, ".wal"), StandardOpenOption.WRITE)) {
            log.truncate(length);
          }
          long whole = ends.stream().filter(end -> end <= length).count();
          try (Rig rig = reopened(copy)) {
            assertThat(checked(rig)).isBetween(whole * SERIES, (whole + 1) * SERIES);
            append(rig, BATCHES);
            rig.reopen();
            assertThat(checked(rig)).isBetween((whole + 1) * SERIES, (whole + 2) * SERIES);
          }
        });
  }

  @Test
  void whatALogWasFilledWithAheadIsNoDamageWhenItWasNeverClosed() throws IOException {
    Path written = folder.resolve("written");
    Path copy;
    try (Rig rig = begun(written)) {
      for (int batch = 0; batch < BATCHES; batch++) {
        append(rig, batch);
      }
      copy = copy(written);
    }
    Path log = only(copy, ".wal");
    assertThat(contentEnd(log)).isLessThan(Files.size(log));
    try (Rig rig = reopened(copy)) {
      assertThat(checked(rig)).isEqualTo(BATCHES * SERIES);
      assertThat(told(rig)).isZero();
    }
    assertThat(contentEnd(only(written, ".wal"))).isEqualTo(Files.size(only(written, ".wal")));
  }

  @Test
  void aPageOfTheLastGroupThatNeverReachedTheDiskCostsOnlyThatGroup() throws IOException {
    Path written = folder.resolve("written");
    List<Long> ends = new ArrayList<>();
    Path unclosed;
    try (Rig rig = begun(written)) {
      for (int batch = 0; batch < BATCHES; batch++) {
        append(rig, batch);
        ends.add(contentEnd(only(written, ".wal")));
      }
      unclosed = copy(written);
    }
    Seeds.forAll(
        20,
        random -> {
          Path copy = copy(unclosed);
          long from = random.nextLong(ends.get(BATCHES - 2), ends.getLast() - 1);
          try (FileChannel log = FileChannel.open(only(copy, ".wal"), StandardOpenOption.WRITE)) {
            log.write(ByteBuffer.allocate((int) (ends.getLast() - from)), from);
          }
          try (Rig rig = reopened(copy)) {
            // Numbers, histograms and what lies beside them have records of their own.
            long kept = checked(rig);
            assertThat(kept).isBetween((BATCHES - 1L) * SERIES, (long) BATCHES * SERIES);
            append(rig, BATCHES);
            rig.reopen();
            assertThat(checked(rig)).isEqualTo(kept + SERIES);
            assertThat(rig.registry.get("hinomi.metricstore.damaged").counters())
                .allMatch(counter -> counter.count() == 0);
          }
        });
  }

  @Test
  void aFlippedBitInTheLogCostsAtMostItsOwnRecordAndIsTold() throws IOException {
    Path written = folder.resolve("written");
    try (Rig rig = begun(written)) {
      for (int batch = 0; batch < BATCHES; batch++) {
        append(rig, batch);
      }
    }
    Seeds.forAll(
        120,
        random -> {
          Path copy = copy(written);
          flip(only(copy, ".wal"), random);
          try (Rig rig = reopened(copy)) {
            assertThat(checked(rig)).isGreaterThanOrEqualTo((BATCHES - 1) * SERIES);
            assertThat(told(rig) > 0 || checked(rig) == BATCHES * SERIES).isTrue();
          }
        });
  }

  @Test
  void aFlippedBitInASnapshotCostsNoLaterSamples() throws IOException {
    Path written = folder.resolve("written");
    try (Rig rig = begun(written)) {
      append(rig, 0);
      rig.store.shortenLog();
      for (int batch = 1; batch < BATCHES; batch++) {
        append(rig, batch);
      }
    }
    Seeds.forAll(
        60,
        random -> {
          Path copy = copy(written);
          flip(only(copy, ".snapshot"), random);
          try (Rig rig = reopened(copy)) {
            assertThat(checked(rig)).isGreaterThanOrEqualTo((BATCHES - 1) * SERIES);
            assertThat(
                    rig.registry
                        .get("hinomi.metricstore.damaged")
                        .tag("where", "snapshot")
                        .counter()
                        .count())
                .isPositive();
          }
        });
  }

  @Test
  void aFlippedBitInABlockIsNeverAWrongValue() throws IOException {
    Path written = folder.resolve("written");
    try (Rig rig = begun(written)) {
      for (int batch = 0; batch < BATCHES; batch++) {
        append(rig, batch);
      }
      rig.time.advance(Duration.ofHours(6));
      append(rig, 24 * 60);
      rig.store.maintain();
    }
    assertThat(only(written, ".block")).exists();
    Seeds.forAll(
        150,
        random -> {
          Path copy = copy(written);
          flip(only(copy, ".block"), random);
          try (Rig rig = reopened(copy)) {
            // Either the damage lies where nobody reads, or the block is set aside, or the query
            // fails.
            assertThat(checked(rig)).isIn(SERIES * 1L, SERIES * (BATCHES + 1L));
          } catch (Unavailable e) {
            assertThat(e.reason()).contains("damaged").contains(".block");
          }
        });
  }

  @Test
  void aFlippedBitInTheDeletionsBringsBackWhatOneOfThemMeantAndIsTold() throws IOException {
    Path written = folder.resolve("written");
    try (Rig rig = begun(written)) {
      for (int batch = 0; batch < BATCHES; batch++) {
        append(rig, batch);
      }
      for (int i = 0; i < 3; i++) {
        rig.store.delete(
            List.of(Matcher.equal(Labels.NAME, "m" + i)), Long.MIN_VALUE, Long.MAX_VALUE);
      }
      assertThat(checked(rig)).isEqualTo((SERIES - 3) * BATCHES);
    }
    Seeds.forAll(
        60,
        random -> {
          Path copy = copy(written);
          flip(only(copy, "tombstones"), random);
          try (Rig rig = reopened(copy)) {
            assertThat(checked(rig)).isIn((SERIES - 3L) * BATCHES, (SERIES - 2L) * BATCHES);
            double told =
                rig.registry
                    .get("hinomi.metricstore.damaged")
                    .tag("where", "tombstones")
                    .counter()
                    .count();
            assertThat(told).isPositive();
          }
        });
  }

  private static Rig begun(Path directory) {
    return new Rig(Rig.keepingStarts(directory), new SimTime(), Wal.DISK);
  }

  private static void append(Rig rig, int batch) {
    WriteBatch written = new WriteBatch();
    long timestamp = 1_772_409_600_000L + batch * 15_000L;
    for (int i = 0; i < SERIES; i++) {
      Labels labels = Labels.of(Labels.NAME, "m" + i, "職場", "取引所");
      written.series(labels);
      double value = value(labels, timestamp);
      RepeatedSamplesLawTest.put(written, timestamp, Double.doubleToRawLongBits(value));
      if (i > 2) {
        written.startedAt(start(timestamp));
      }
      written.exemplar(new Exemplar(trace(timestamp), value, timestamp));
    }
    written.metadata(new Metadata("m1", "gauge", "metric m1, " + batch, "orders"));
    assertThat(rig.store.append(written).accepted()).isEqualTo(SERIES);
  }

  private static Labels trace(long timestamp) {
    return Labels.of("trace_id", Long.toHexString(timestamp));
  }

  private static double value(Labels labels, long timestamp) {
    double value = new Random(labels.fingerprint() ^ timestamp).nextDouble();
    return labels.metric().equals("m0") ? -value : value;
  }

  /// Another one every few samples.
  private static long start(long timestamp) {
    return timestamp - timestamp % 70_000;
  }

  private static void checkStarts(Rig rig) {
    Points points = new Points(0);
    for (StoredSeries series : rig.store.select(Rig.ALL, Long.MIN_VALUE, Long.MAX_VALUE)) {
      points.clear();
      series.read(points);
      boolean told = series.labels().metric().compareTo("m2") > 0;
      for (int i = 0; i < points.size(); i++) {
        assertThat(points.start(i)).isIn(0L, told ? start(points.timestamp(i)) : 0L);
      }
    }
  }

  /// Checks that every sample there is one that was appended; returns how many there are.
  private static long checked(Rig rig) {
    checkStarts(rig);
    long count = 0;
    for (Map.Entry<Labels, NavigableMap<Long, Long>> series : rig.all().entrySet()) {
      series
          .getValue()
          .forEach((timestamp, bits) ->
              assertThat(Double.longBitsToDouble(bits))
                  .isEqualTo(value(series.getKey(), timestamp)));
      count += series.getValue().size();
    }
    rig.store
        .exemplars(Rig.ALL, 0, Long.MAX_VALUE)
        .forEach((labels, found) ->
            found.forEach(one -> {
              assertThat(one.value()).isEqualTo(value(labels, one.timestamp()));
              assertThat(one.labels()).isEqualTo(trace(one.timestamp()));
            }));
    rig.store
        .metadata()
        .forEach((metric, told) -> {
          assertThat(metric).isEqualTo("m1");
          told.forEach(one -> assertThat(one.help()).matches("metric m1, \\d+"));
        });
    return count;
  }

  /// Damaged places and bytes cut off, as told when the log was read.
  private static double told(Rig rig) {
    return rig.registry.get("hinomi.metricstore.damaged").tag("where", "log").counter().count()
        + rig.registry.get("hinomi.metricstore.truncated.bytes").counter().count();
  }

  /// Where the zeros at a file's end begin.
  private static long contentEnd(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int end = bytes.length;
    while (bytes[end - 1] == 0) {
      end--;
    }
    return end;
  }

  private Path copy(Path written) {
    Path copy = folder.resolve("copy" + copies++);
    Rig.copy(written, copy);
    return copy;
  }

  private static Rig reopened(Path copy) {
    SimTime time = new SimTime();
    time.advance(Duration.ofHours(6));
    return new Rig(Rig.keepingStarts(copy), time, Wal.DISK);
  }

  private static void flip(Path file, Random random) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    Files.write(file, bytes);
  }

  /// The newest file with an ending that holds more than its head.
  private static Path only(Path directory, String ending) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> file.toString().endsWith(ending))
          .max(Comparator.comparingLong(file -> file.toFile().length()))
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
