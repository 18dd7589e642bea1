package hinomi.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LabelBytesTest {
  private static final int TIMES = 500;

  private static Labels labels(Random random) {
    Labels.Builder labels = Labels.builder();
    for (int i = random.nextInt(8); i > 0; i--) {
      labels.set("n" + "ä".repeat(random.nextInt(90)) + i, "値\n" + "v".repeat(random.nextInt(300)));
    }
    return labels.build();
  }

  @Test
  void whatIsEncodedIsDecodedAndTheFormIsCanonical() {
    for (long seed = 1; seed <= TIMES; seed++) {
      Labels labels = labels(new Random(seed));
      byte[] bytes = LabelBytes.encode(labels);
      Labels decoded = LabelBytes.decode(bytes, 0, bytes.length);
      assertEquals(labels, decoded, "seed " + seed);
      assertArrayEquals(bytes, LabelBytes.encode(decoded), "seed " + seed);
    }
  }

  @Test
  void anyFormOfTheSameLabelsIsDecoded() {
    // b="2" before a="1", a length in two bytes, an unknown field, an empty value.
    byte[] bytes =
        HexFormat.of()
            .parseHex("0a06" + "0a0162120132" + "0a890018070a8100611201310a03" + "0a0163");
    assertEquals(Labels.of("a", "1", "b", "2"), LabelBytes.decode(bytes, 0, bytes.length));
  }

  @Test
  void damagedBytesAreBadInputOrLabels() {
    for (long seed = 1; seed <= TIMES; seed++) {
      Random random = new Random(seed);
      byte[] bytes = LabelBytes.encode(labels(random));
      if (bytes.length > 0) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        int to = random.nextInt(bytes.length + 1);
        try {
          Labels decoded = LabelBytes.decode(Arrays.copyOf(bytes, to), 0, to);
          assertEquals(decoded, decoded.with("", ""));
        } catch (BadInput e) {
          // As promised.
        }
      }
    }
  }

  @Test
  void whatCannotBeASeriesIsBadInput() {
    for (String bad :
        new String[] {
          "0a060a01611201310a060a0161120132", // a twice
          "0a03120131", // no name
          "0a060a01ff120131", // no UTF-8
          "12060a0161120131", // another field
          "0a070a0161120131", // too long
        }) {
      byte[] bytes = HexFormat.of().parseHex(bad);
      assertThrows(BadInput.class, () -> LabelBytes.decode(bytes, 0, bytes.length), bad);
    }
  }
}
