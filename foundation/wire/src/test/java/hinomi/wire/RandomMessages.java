package hinomi.wire;

import com.google.protobuf.CodedOutputStream;
import hinomi.model.Sample;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// Random remote write 1.0 messages, in every form that protobuf allows: labels that do not stand
/// together, unknown fields, samples without a time, histograms, exemplars, metadata.
final class RandomMessages {
  private final Random random;

  RandomMessages(Random random) {
    this.random = random;
  }

  interface Content {
    void write(CodedOutputStream out) throws IOException;
  }

  static byte[] message(Content content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    content.write(out);
    out.flush();
    return bytes.toByteArray();
  }

  byte[] request() throws IOException {
    return message(out -> {
      for (int i = random.nextInt(12); i > 0; i--) {
        switch (random.nextInt(12)) {
          case 0 -> unknown(out);
          case 1 -> out.writeByteArray(3, metadata());
          case 2, 3 -> out.writeByteArray(1, odd());
          default -> out.writeByteArray(1, usual());
        }
      }
    });
  }

  private byte[] usual() throws IOException {
    return message(out -> {
      for (int i = random.nextInt(7); i > 0; i--) {
        out.writeByteArray(1, label());
      }
      for (int i = random.nextInt(4); i > 0; i--) {
        out.writeByteArray(2, sample());
      }
    });
  }

  /// Fields in any order.
  private byte[] odd() throws IOException {
    List<Content> fields = new ArrayList<>();
    for (int i = random.nextInt(9); i > 0; i--) {
      byte[] inside =
          switch (random.nextInt(6)) {
            case 0, 1 -> label();
            case 2, 3 -> random.nextBoolean() ? sample() : oddSample();
            case 4 -> exemplar();
            default -> histogram();
          };
      int field =
          switch (random.nextInt(6)) {
            case 0, 1 -> 1;
            case 2, 3 -> 2;
            case 4 -> 3;
            default -> 4;
          };
      fields.add(random.nextInt(8) == 0 ? this::unknown : out -> out.writeByteArray(field, inside));
    }
    Collections.shuffle(fields, random);
    return message(out -> {
      for (Content field : fields) {
        field.write(out);
      }
    });
  }

  private void unknown(CodedOutputStream out) throws IOException {
    int field = 6 + random.nextInt(5000);
    switch (random.nextInt(4)) {
      case 0 -> out.writeInt64(field, random.nextLong());
      case 1 -> out.writeFixed64(field, random.nextLong());
      case 2 -> out.writeFixed32(field, random.nextInt());
      default -> out.writeByteArray(field, new byte[random.nextInt(200)]);
    }
  }

  private byte[] label() throws IOException {
    return message(out -> {
      out.writeString(1, random.nextInt(9) == 0 ? "n".repeat(130) : "name" + random.nextInt(9));
      out.writeString(2, random.nextInt(9) == 0 ? "v".repeat(130) : "value" + random.nextInt(9));
    });
  }

  private byte[] sample() throws IOException {
    return message(out -> {
      double value = random.nextInt(5) == 0 ? Sample.STALE : random.nextGaussian();
      out.writeFixed64(1, Double.doubleToRawLongBits(value));
      long time =
          switch (random.nextInt(6)) {
            case 0 -> 1L << (34 + random.nextInt(10));
            case 1 -> (1L << (34 + random.nextInt(10))) - 1;
            default -> 1_700_000_000_000L + random.nextInt();
          };
      out.writeInt64(2, time);
    });
  }

  private byte[] oddSample() throws IOException {
    return message(out -> {
      if (random.nextBoolean()) {
        out.writeInt64(2, random.nextLong());
      }
      if (random.nextInt(3) == 0) {
        unknown(out);
      }
      if (random.nextBoolean()) {
        out.writeDouble(1, random.nextDouble());
      }
    });
  }

  private byte[] exemplar() throws IOException {
    return message(out -> {
      out.writeByteArray(1, label());
      out.writeDouble(2, 1);
      out.writeInt64(3, 17);
    });
  }

  private byte[] metadata() throws IOException {
    return message(out -> {
      out.writeEnum(1, random.nextInt(9));
      out.writeString(2, "m" + random.nextInt(9));
      out.writeString(4, "help");
    });
  }

  private byte[] histogram() throws IOException {
    byte[] span =
        message(out -> {
          out.writeSInt32(1, -2);
          out.writeUInt32(2, 2);
        });
    byte[] deltas =
        message(out -> {
          out.writeSInt64NoTag(2);
          out.writeSInt64NoTag(-1);
        });
    return message(out -> {
      out.writeUInt64(1, 3);
      out.writeDouble(3, 1.5);
      out.writeSInt32(4, random.nextInt(12) - 2);
      out.writeByteArray(11, span);
      out.writeByteArray(12, deltas);
      out.writeInt64(15, 17);
    });
  }
}
