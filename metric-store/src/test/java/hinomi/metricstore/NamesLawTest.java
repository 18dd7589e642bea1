package hinomi.metricstore;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.metricstore.disk.ByteSink;
import hinomi.model.Admission;
import hinomi.model.Labels;
import hinomi.model.Sample;
import hinomi.model.WriteBatch;
import hinomi.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A series is its labels, in whatever bytes a sender writes them.
class NamesLawTest {
  private static final String[] TEXTS = {
    "a", "b", "ab", "job", "instance", "取引所", "😀", "é", "~", "x".repeat(130), "\u0001", "A"
  };

  @TempDir Path folder;
  private int run;

  @Test
  void anySpellingIsTheSameSeriesAndOtherLabelsNeverAre() {
    Seeds.forAll(6, this::check);
  }

  private void check(Random random) {
    TreeSet<Labels> seen = new TreeSet<>();
    List<Labels> known = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      known.add(labels(random));
    }
    try (Rig rig = new Rig(folder.resolve("run" + run++))) {
      for (int round = 0; round < 30; round++) {
        WriteBatch batch = new WriteBatch();
        for (Labels labels : known) {
          if (random.nextInt(3) > 0) {
            byte[] bytes = spelled(labels, random);
            batch.series(bytes, 0, bytes.length);
            batch.point(rig.now() + round, round);
            seen.add(labels);
          }
        }
        assertThat(rig.store.append(batch).accepted()).isEqualTo(batch.points());
        switch (random.nextInt(8)) {
          case 0 -> rig.reopen();
          case 1 -> rig.store.maintain();
          case 2 -> rig.time.advance(Duration.ofHours(30)); // long enough to forget
          case 3 -> Collections.shuffle(known, random);
          default -> {
            // the next round
          }
        }
        assertThat(rig.all().keySet()).isEqualTo(seen);
        assertThat(rig.store.series(Rig.ALL, Long.MIN_VALUE, Long.MAX_VALUE))
            .containsExactlyElementsOf(seen);
      }
    }
  }

  private static Labels labels(Random random) {
    Labels.Builder builder = Labels.builder().set(Labels.NAME, TEXTS[random.nextInt(3)]);
    for (int i = random.nextInt(4); i > 0; i--) {
      builder.set(TEXTS[random.nextInt(TEXTS.length)], TEXTS[random.nextInt(TEXTS.length)]);
    }
    return builder.build();
  }

  /// Protobuf allows fields in any order, long varints, unknown fields; and an empty value is none.
  private static byte[] spelled(Labels labels, Random random) {
    List<String[]> pairs = new ArrayList<>();
    labels.forEach((name, value) -> pairs.add(new String[] {name, value}));
    boolean odd = random.nextInt(3) == 0;
    if (odd) {
      Collections.shuffle(pairs, random);
      if (random.nextBoolean()) {
        pairs.add(random.nextInt(pairs.size() + 1), new String[] {"zzz", ""});
      }
    }
    ByteSink sink = new ByteSink(64);
    for (String[] pair : pairs) {
      ByteSink inside = new ByteSink(64);
      boolean valueFirst = odd && random.nextInt(4) == 0;
      field(inside, valueFirst ? 0x12 : 0x0A, pair[valueFirst ? 1 : 0], odd, random);
      field(inside, valueFirst ? 0x0A : 0x12, pair[valueFirst ? 0 : 1], odd, random);
      if (odd && random.nextInt(4) == 0) {
        inside.putVarint(0x18);
        inside.putVarint(random.nextInt(1000));
      }
      sink.putByte(0x0A);
      length(sink, inside.size(), odd, random);
      sink.put(inside.bytes(), inside.size());
    }
    return Arrays.copyOf(sink.bytes(), sink.size());
  }

  private static void field(ByteSink sink, int tag, String text, boolean odd, Random random) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    sink.putByte(tag);
    length(sink, utf8.length, odd, random);
    sink.put(utf8, utf8.length);
  }

  private static void length(ByteSink sink, int length, boolean odd, Random random) {
    if (odd && length < 128 && random.nextInt(6) == 0) {
      sink.putByte(length | 0x80);
      sink.putByte(0);
    } else {
      sink.putVarint(length);
    }
  }

  @Test
  void bytesThatAreNoLabelsAreRefusedWithAReasonAndHurtNobody() {
    try (Rig rig = new Rig(folder)) {
      Seeds.forAll(
          150,
          random -> {
            byte[] bytes = spelled(labels(random), random);
            for (int i = random.nextInt(4); i >= 0; i--) {
              bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            WriteBatch batch = new WriteBatch();
            batch.series(bytes, 0, random.nextInt(bytes.length + 1));
            batch.point(rig.now(), 1);
            batch.series(Labels.of(Labels.NAME, "good"));
            batch.point(rig.now(), 1);
            Admission admission = rig.store.append(batch);
            assertThat(admission.accepted() + admission.refused()).isEqualTo(2);
            assertThat(admission.accepted()).isPositive();
          });
    }
  }

  @Test
  void spellingsAreLearntOnlyUpToABound() {
    try (Rig rig = new Rig(folder)) {
      for (int i = 0; i < 3; i++) {
        WriteBatch batch = new WriteBatch();
        for (int j = 0; j < 6000; j++) {
          ByteSink sink = new ByteSink(64);
          byte[] name = {0x0A, 13, 0x0A, 8, '_', '_', 'n', 'a', 'm', 'e', '_', '_', 0x12, 1, 'a'};
          sink.put(name, name.length);
          sink.putByte(0x0A);
          ByteSink inside = new ByteSink(16);
          inside.put(new byte[] {0x0A, 1, 'z', 0x12, 0, 0x18}, 6);
          inside.putVarint(i * 6000L + j);
          sink.putVarint(inside.size());
          sink.put(inside.bytes(), inside.size());
          batch.series(sink.bytes(), 0, sink.size());
          batch.point(rig.now(), 1);
        }
        assertThat(rig.store.append(batch).accepted()).isEqualTo(6000);
      }
      assertThat(rig.registry.get("hinomi.metricstore.spellings").gauge().value())
          .isEqualTo(10_000);
      assertThat(rig.all()).hasSize(1);
    }
  }

  @Test
  void aSampleThatIsRefusedBeginsNoSeries() {
    try (Rig rig = new Rig(folder)) {
      rig.append(new Sample(Labels.of(Labels.NAME, "late"), rig.now() + 3_600_000, 1));
      assertThat(rig.registry.get("hinomi.metricstore.series").gauge().value()).isZero();
    }
  }
}
