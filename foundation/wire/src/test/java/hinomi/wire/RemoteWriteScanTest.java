package hinomi.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.google.protobuf.CodedInputStream;
import hinomi.model.BadInput;
import hinomi.model.Failure;
import hinomi.model.Labels;
import hinomi.model.OverLimit;
import hinomi.model.Sample;
import hinomi.model.WriteBatch;
import hinomi.testkit.Seeds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The fast reading of remote write finds what a slow one finds, whatever the bytes are.
final class RemoteWriteScanTest {
  @Test
  void fastAndSlowReadingAgreeOnEveryLegalForm() {
    Seeds.forAll(
        2000,
        random -> {
          byte[] message = new RandomMessages(random).request();
          assertEquals(SlowRemoteWrite.read(message), lines(RemoteWrite.decode(message).batch()));
          byte[] longer = Arrays.copyOf(message, message.length + random.nextInt(40));
          Arrays.fill(longer, message.length, longer.length, (byte) 0x0A);
          assertEquals(
              SlowRemoteWrite.read(message),
              lines(RemoteWrite.decode(longer, message.length).batch()));
        });
  }

  /// But for numbers of more than 32 bits where a length should be: protobuf's reader cuts them.
  @Test
  void fastAndSlowReadingAgreeOnWhatIsDamaged() {
    int[] stricter = {0};
    Seeds.forAll(
        4000,
        random -> {
          byte[] message = new RandomMessages(random).request();
          if (message.length == 0) {
            return;
          }
          for (int i = random.nextInt(3); i >= 0; i--) {
            message[random.nextInt(message.length)] ^= (byte) (1 << random.nextInt(8));
          }
          int length = random.nextBoolean() ? message.length : random.nextInt(message.length);
          byte[] damaged = Arrays.copyOf(message, length);
          List<String> slow;
          try {
            slow = SlowRemoteWrite.read(damaged);
          } catch (IOException e) {
            assertThrows(BadInput.class, () -> RemoteWrite.decode(damaged));
            return;
          }
          try {
            assertEquals(slow, lines(RemoteWrite.decode(damaged).batch()));
          } catch (BadInput e) {
            stricter[0]++;
          }
        });
    assertTrue(stricter[0] < 20, "stricter in " + stricter[0] + " of 4000");
  }

  /// As [SlowRemoteWrite] writes them.
  private static List<String> lines(WriteBatch batch) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < batch.seriesCount(); i++) {
      List<String> labels = new ArrayList<>();
      CodedInputStream in =
          CodedInputStream.newInstance(batch.names(), batch.from(i), batch.to(i) - batch.from(i));
      while (!in.isAtEnd()) {
        assertEquals(0x0A, in.readTag());
        labels.add(SlowRemoteWrite.hex(in.readByteArray()));
      }
      List<String> samples = new ArrayList<>();
      for (int p = batch.firstPoint(i); p < batch.firstPoint(i + 1); p++) {
        samples.add(batch.timestamp(p) + "=" + Double.doubleToRawLongBits(batch.value(p)));
      }
      lines.add(labels + " " + samples);
    }
    return lines;
  }

  @Test
  void aMistakeIsNamedWithItsPlace() {
    byte[] cut = HexFormat.of().parseHex("0a10" + "0a0c");
    BadInput e = assertThrows(BadInput.class, () -> RemoteWrite.decode(cut));
    assertEquals("not a remote write message: a length goes past the end", e.reason());
    assertEquals(1, e.offset());
  }

  @Test
  void whatGrowsInMemoryIsLimited() {
    byte[] emptyHistograms = new byte[4 + 2 * 300_000];
    Arrays.fill(emptyHistograms, (byte) 0);
    long inside = 2L * 300_000;
    emptyHistograms[0] = 0x0A;
    emptyHistograms[1] = (byte) (inside | 0x80);
    emptyHistograms[2] = (byte) ((inside >>> 7) | 0x80);
    emptyHistograms[3] = (byte) (inside >>> 14);
    byte[] emptySamples = emptyHistograms.clone();
    for (int i = 4; i < emptyHistograms.length; i += 2) {
      emptyHistograms[i] = 0x22;
      emptySamples[i] = 0x12;
    }
    assertThrows(OverLimit.class, () -> RemoteWrite.decode(emptyHistograms));
    assertEquals(300_000, RemoteWrite.decode(emptySamples).batch().points());
  }

  @Test
  void oneTextReferredToWithoutEndIsRefused() throws IOException {
    byte[] references = new byte[200_000];
    Arrays.fill(references, (byte) 1);
    byte[] series =
        RandomMessages.message(out -> {
          out.writeByteArray(1, references);
          out.writeByteArray(2, new byte[0]);
        });
    byte[] message =
        RandomMessages.message(out -> {
          out.writeString(4, "");
          out.writeString(4, "x".repeat(100_000));
          out.writeByteArray(5, series);
        });
    assertThrows(OverLimit.class, () -> RemoteWrite.decode2(message, message.length));
  }

  @Test
  void bothVersionsGiveASeriesTheSameBytes() {
    Seeds.forAll(
        200,
        random -> {
          List<Sample> samples = RoundTripTest.samples(random);
          WriteBatch v1 =
              RemoteWrite.decode(
                      Encodings.snappy(
                          RemoteWrite.encode(samples), new Encodings.Limits(1 << 24, 1000)))
                  .batch();
          byte[] message = Version2.of(v1, random);
          RemoteWrite.Decoded v2 = RemoteWrite.decode2(message, message.length);
          assertEquals(List.of(), v2.refusals());
          assertEquals(lines(v1), lines(v2.batch()));
        });
  }

  @Test
  void version2TellsSinceWhenSamplesCount() throws IOException {
    Seeds.forAll(
        500,
        random -> {
          WriteBatch batch = new WriteBatch();
          for (int i = random.nextInt(4); i >= 0; i--) {
            batch.series(Labels.of(Labels.NAME, "m" + i));
            for (int p = random.nextInt(20); p >= 0; p--) {
              batch.point(1_700_000_000_000L + random.nextInt(1_000_000), random.nextInt(5));
              batch.startedAt(random.nextInt(3) == 0 ? 1_700_000_000_000L - random.nextInt(99) : 0);
            }
          }
          byte[] message = Version2.of(batch, random);
          WriteBatch decoded = RemoteWrite.decode2(message, message.length).batch();
          assertEquals(lines(batch), lines(decoded));
          assertEquals(batch.startCount(), decoded.startCount());
          for (int p = 0; p < batch.points(); p++) {
            assertEquals(batch.start(p), decoded.start(p));
          }
        });
  }

  @Test
  void damagedMessagesOfVersion2EndInAFailureOrInAResult() {
    Seeds.forAll(
        2000,
        random -> {
          WriteBatch batch = WriteBatch.of(RoundTripTest.samples(random).subList(0, 1));
          byte[] message = Version2.of(batch, random);
          for (int i = random.nextInt(4); i >= 0; i--) {
            message[random.nextInt(message.length)] = (byte) random.nextInt();
          }
          try {
            WriteBatch decoded = RemoteWrite.decode2(message, message.length).batch();
            assertTrue(decoded.seriesCount() <= message.length);
          } catch (Failure e) {
            // One of ours, as promised.
          } catch (RuntimeException e) {
            fail(e);
          }
        });
  }

  /// Writes a batch as version 2.0 has it.
  private static final class Version2 {
    static byte[] of(WriteBatch batch, Random random) throws IOException {
      List<String> symbols = new ArrayList<>(List.of(""));
      List<byte[]> series = new ArrayList<>();
      for (int i = 0; i < batch.seriesCount(); i++) {
        series.add(series(batch, i, symbols, random.nextBoolean()));
      }
      return RandomMessages.message(out -> {
        for (byte[] one : series) {
          out.writeByteArray(5, one);
        }
        for (String symbol : symbols) {
          out.writeString(4, symbol);
        }
      });
    }

    private static byte[] series(WriteBatch batch, int i, List<String> symbols, boolean packed)
        throws IOException {
      Labels labels = batch.labels(i);
      List<Integer> references = new ArrayList<>();
      labels.forEach((name, value) -> {
        references.add(symbol(symbols, name));
        references.add(symbol(symbols, value));
      });
      return RandomMessages.message(out -> {
        if (packed) {
          byte[] list =
              RandomMessages.message(inner -> {
                for (int reference : references) {
                  inner.writeUInt32NoTag(reference);
                }
              });
          out.writeByteArray(1, list);
        } else {
          for (int reference : references) {
            out.writeUInt32(1, reference);
          }
        }
        for (int p = batch.firstPoint(i); p < batch.firstPoint(i + 1); p++) {
          int point = p;
          byte[] sample =
              RandomMessages.message(inner -> {
                inner.writeFixed64(1, Double.doubleToRawLongBits(batch.value(point)));
                inner.writeInt64(2, batch.timestamp(point));
                if (batch.start(point) != 0) {
                  inner.writeInt64(3, batch.start(point));
                }
              });
          out.writeByteArray(2, sample);
        }
      });
    }

    private static int symbol(List<String> symbols, String text) {
      if (!symbols.contains(text)) {
        symbols.add(text);
      }
      return symbols.indexOf(text);
    }
  }
}
