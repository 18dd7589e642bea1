package hinomi.metricstore.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.model.Points;
import hinomi.model.Sample;
import hinomi.testkit.Seeds;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChunkTest {
  private static final long[] ODD_BITS = {
    Sample.STALE_BITS,
    Double.doubleToRawLongBits(Double.NaN),
    0x7ff8dead_beef0001L,
    0xfff0000000000001L,
    Double.doubleToRawLongBits(Double.POSITIVE_INFINITY),
    Double.doubleToRawLongBits(Double.NEGATIVE_INFINITY),
    Double.doubleToRawLongBits(-0.0),
    Double.doubleToRawLongBits(0.0),
    Double.MIN_EXPONENT,
    1,
    -1
  };

  @Test
  void everySampleComesBackToTheLastBit() {
    Seeds.forAll(
        300,
        random -> {
          int count = 1 + random.nextInt(400);
          long[] timestamps = new long[count];
          long[] bits = new long[count];
          ChunkWriter writer = new ChunkWriter();
          long timestamp = random.nextInt(4) == 0 ? random.nextLong() >> 2 : 1_770_000_000_000L;
          for (int i = 0; i < count; i++) {
            timestamps[i] = timestamp;
            bits[i] = i > 0 && random.nextInt(3) == 0 ? bits[i - 1] : bits(random);
            writer.append(timestamp, bits[i]);
            timestamp += step(random);
          }
          Chunk chunk = random.nextBoolean() ? writer.seal() : writer.chunk();
          assertThat(chunk.count()).isEqualTo(count);
          Chunk.Cursor cursor = chunk.cursor();
          for (int i = 0; i < count; i++) {
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.timestamp()).isEqualTo(timestamps[i]);
            assertThat(cursor.bits()).isEqualTo(bits[i]);
          }
          assertThat(cursor.next()).isFalse();
          int any = random.nextInt(count);
          assertThat(chunk.bitsAt(timestamps[any])).hasValue(bits[any]);
        });
  }

  @Test
  void whatIsUnpackedAtOnceIsWhatIsUnpackedOneByOne() {
    Seeds.forAll(
        300,
        random -> {
          ChunkWriter writer = new ChunkWriter();
          int count = 1 + random.nextInt(200);
          long timestamp = random.nextInt(4) == 0 ? random.nextLong() >> 2 : 1_770_000_000_000L;
          long held = bits(random);
          for (int i = 0; i < count; i++) {
            held = random.nextInt(3) == 0 ? held : bits(random);
            writer.append(timestamp, held);
            timestamp += step(random);
          }
          Chunk chunk = random.nextBoolean() ? writer.seal() : writer.chunk();
          long middle = chunk.first() + (chunk.last() - chunk.first()) / 2;
          long[] limits = {Long.MIN_VALUE, chunk.first(), middle, chunk.last(), Long.MAX_VALUE};
          long from = limits[random.nextInt(limits.length)];
          long to = limits[random.nextInt(limits.length)];
          Points points = new Points(0);
          points.add(Long.MIN_VALUE, 7);
          chunk.read(from, to, points);
          int at = 1;
          for (Chunk.Cursor cursor = chunk.cursor(); cursor.next(); ) {
            if (cursor.timestamp() >= from && cursor.timestamp() <= to) {
              assertThat(points.timestamp(at)).isEqualTo(cursor.timestamp());
              assertThat(Double.doubleToRawLongBits(points.value(at++))).isEqualTo(cursor.bits());
            }
          }
          assertThat(points.size()).isEqualTo(at);
          assertThat(points.value(0)).isEqualTo(7);
        });
  }

  @Test
  void whatWasHandedOutStaysAsItWasWhileWritingGoesOn() {
    Seeds.forAll(
        100,
        random -> {
          ChunkWriter writer = new ChunkWriter();
          long timestamp = 0;
          for (int i = 0; i < 50; i++) {
            writer.append(timestamp += step(random), bits(random));
          }
          Chunk early = writer.chunk();
          Points before = new Points(50);
          early.read(Long.MIN_VALUE, Long.MAX_VALUE, before);
          for (int i = 0; i < 50; i++) {
            writer.append(timestamp += step(random), bits(random));
          }
          Points after = new Points(50);
          early.read(Long.MIN_VALUE, Long.MAX_VALUE, after);
          assertThat(after.size()).isEqualTo(50);
          for (int i = 0; i < 50; i++) {
            assertThat(after.timestamp(i)).isEqualTo(before.timestamp(i));
            assertThat(Double.doubleToRawLongBits(after.value(i)))
                .isEqualTo(Double.doubleToRawLongBits(before.value(i)));
          }
        });
  }

  @Test
  void aSteadySeriesCostsTwoBitsASample() {
    ChunkWriter writer = new ChunkWriter();
    for (int i = 0; i < 240; i++) {
      writer.append(1_770_000_000_000L + 15_000L * i, Double.doubleToRawLongBits(42));
    }
    assertThat(writer.seal().length()).isLessThan(16 + 4 + 60);
  }

  private static long step(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> 1;
      case 1 -> 1 + random.nextInt(20_000);
      case 2 -> 1 + random.nextInt(2_000_000);
      case 3 -> 1 + (random.nextLong() >>> 24);
      default -> 15_000;
    };
  }

  private static long bits(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> ODD_BITS[random.nextInt(ODD_BITS.length)];
      case 1 -> random.nextLong();
      case 2 -> Double.doubleToRawLongBits(random.nextInt(100));
      default -> Double.doubleToRawLongBits(random.nextGaussian() * 1000);
    };
  }
}
