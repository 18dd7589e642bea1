package hinomi.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.github.luben.zstd.Zstd;
import hinomi.model.BadInput;
import hinomi.model.Failure;
import hinomi.model.OverLimit;
import hinomi.model.Unsupported;
import hinomi.testkit.Seeds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.xerial.snappy.Snappy;

final class EncodingsTest {
  private static final List<String> ALL =
      List.of("identity", "gzip", "deflate", "raw deflate", "zstd", "snappy");
  private static final Encodings.Limits LIMITS = new Encodings.Limits(4 << 20, 200);

  @Test
  void everyEncodingBringsBackTheBody() {
    Seeds.forAll(
        60,
        random -> {
          byte[] body = body(random);
          for (String encoding : ALL) {
            assertArrayEquals(
                body,
                Encodings.decode(header(encoding), encoded(encoding, body), LIMITS),
                encoding);
          }
        });
  }

  @Test
  void gzipMayHaveSeveralMembers() {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    joined.writeBytes(encoded("gzip", "one ".getBytes(UTF_8)));
    joined.writeBytes(encoded("gzip", "two".getBytes(UTF_8)));
    assertEquals(
        "one two", new String(Encodings.decode("GZIP", joined.toByteArray(), LIMITS), UTF_8));
  }

  @Test
  void garbageAfterACompressedBodyIsBadInput() {
    for (String encoding : List.of("gzip", "deflate", "raw deflate", "snappy")) {
      byte[] good = encoded(encoding, "hello hello hello".getBytes(UTF_8));
      byte[] tailed = Arrays.copyOf(good, good.length + 3);
      assertThrows(
          BadInput.class, () -> Encodings.decode(header(encoding), tailed, LIMITS), encoding);
    }
  }

  @Test
  void anEmptyOrCutBodyIsBadInput() {
    for (String encoding : List.of("gzip", "deflate", "raw deflate", "zstd", "snappy")) {
      byte[] good = encoded(encoding, body(new Random(1)));
      for (int length : new int[] {0, 1, 5, good.length / 2, good.length - 1}) {
        assertThrows(
            BadInput.class,
            () -> Encodings.decode(header(encoding), Arrays.copyOf(good, length), LIMITS),
            encoding + " cut to " + length);
      }
    }
  }

  @Test
  void aBombIsOverTheLimitByRatioAndBySize() {
    for (String encoding : List.of("gzip", "deflate", "raw deflate", "zstd")) {
      byte[] ratio = encoded(encoding, new byte[3 << 20]);
      byte[] size = encoded(encoding, new byte[64 << 20]);
      assertThrows(OverLimit.class, () -> Encodings.decode(header(encoding), ratio, LIMITS));
      assertThrows(OverLimit.class, () -> Encodings.decode(header(encoding), size, LIMITS));
    }
    byte[] claims4GiB = {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x07, 0};
    assertThrows(Failure.class, () -> Encodings.decode("snappy", claims4GiB, LIMITS));
    byte[] snappy = encoded("snappy", new byte[64 << 20]);
    assertThrows(OverLimit.class, () -> Encodings.decode("snappy", snappy, LIMITS));
    assertThrows(OverLimit.class, () -> Encodings.decode("", new byte[5 << 20], LIMITS));
  }

  @Test
  void membersOfGzipShareOneLimit() {
    byte[] member = encoded("gzip", new byte[900 << 10]);
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (int i = 0; i < 8; i++) {
      joined.writeBytes(member);
    }
    assertThrows(OverLimit.class, () -> Encodings.decode("gzip", joined.toByteArray(), LIMITS));
  }

  @Test
  void whatIsNotSpokenIsUnsupported() {
    for (String encoding : List.of("br", "compress", "gzip, gzip", "zstd;q=1")) {
      assertThrows(Unsupported.class, () -> Encodings.decode(encoding, new byte[1], LIMITS));
    }
  }

  @Test
  void damageNeverEndsInAnythingButAFailure() {
    Seeds.forAll(
        300,
        random -> {
          for (String encoding : ALL) {
            byte[] body = encoded(encoding, body(random));
            for (int i = random.nextInt(4); i >= 0 && body.length > 0; i--) {
              body[random.nextInt(body.length)] = (byte) random.nextInt();
            }
            try {
              Encodings.decode(header(encoding), body, LIMITS);
            } catch (Failure e) {
              // One of ours, as promised.
            }
          }
        });
  }

  private static byte[] body(Random random) {
    byte[] body = new byte[random.nextInt(3000) + 40];
    for (int i = 0; i < body.length; i++) {
      body[i] = (byte) random.nextInt(7);
    }
    return body;
  }

  private static String header(String encoding) {
    return encoding.replace("raw ", "");
  }

  private static byte[] encoded(String encoding, byte[] body) {
    try {
      return switch (encoding) {
        case "gzip" -> {
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(body);
          }
          yield bytes.toByteArray();
        }
        case "deflate", "raw deflate" -> {
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          Deflater deflater = new Deflater(6, encoding.startsWith("raw"));
          try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, deflater)) {
            out.write(body);
          }
          deflater.end();
          yield bytes.toByteArray();
        }
        case "zstd" -> Zstd.compress(body);
        case "snappy" -> Snappy.compress(body);
        default -> body.clone();
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
