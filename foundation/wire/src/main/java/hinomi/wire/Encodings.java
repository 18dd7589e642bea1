package hinomi.wire;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.ZstdInputStream;
import hinomi.model.BadInput;
import hinomi.model.OverLimit;
import hinomi.model.Unsupported;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import org.xerial.snappy.Snappy;

/// Takes a body's compression off (RFC 9110 §8.4 `Content-Encoding`): identity, gzip with any
/// number of members, deflate with or without the zlib wrapper, zstd, and snappy's block format. A
/// compressed body may be a bomb, so that no more is ever allocated than the limits allow: beyond
/// them is [OverLimit] of size, garbage is [BadInput], an encoding not spoken is [Unsupported].
public final class Encodings {
  /// A frame that wants more memory than this to be decoded is refused: 8 MiB, which RFC 8878 asks
  /// every decoder to support.
  private static final int ZSTD_WINDOW_LOG = 23;

  private Encodings() {}

  /// How large a body may become.
  ///
  /// @param maxBytes of the decoded body
  /// @param maxRatio decoded ÷ encoded; below 1 MiB the ratio is not looked at, for short repeated
  ///   texts compress a thousandfold
  public record Limits(int maxBytes, int maxRatio) {
    private static final long RATIO_FREE = 1L << 20;

    long allowed(int encoded) {
      return Math.min(maxBytes, Math.max(RATIO_FREE, (long) encoded * maxRatio));
    }

    OverLimit exceeded(int encoded) {
      return OverLimit.size(
          allowed(encoded) < maxBytes
              ? "the body grows more than " + maxRatio + "-fold when it is decompressed"
              : "the body is larger than " + maxBytes + " bytes when it is decompressed");
    }
  }

  /// @param contentEncoding the header's value; empty means identity
  public static byte[] decode(String contentEncoding, byte[] body, Limits limits) {
    return switch (contentEncoding.strip().toLowerCase(Locale.ROOT)) {
      case "", "identity" -> identity(body, limits);
      case "gzip", "x-gzip" -> new Inflation(body, limits).gzip();
      case "deflate" -> new Inflation(body, limits).deflate();
      case "zstd" -> zstd(body, limits);
      case "snappy" -> snappy(body, limits);
      default ->
          throw new Unsupported(
              "Content-Encoding \""
                  + contentEncoding
                  + "\" is not supported: use gzip, deflate, zstd, snappy or identity");
    };
  }

  private static byte[] identity(byte[] body, Limits limits) {
    if (body.length > limits.maxBytes()) {
      throw limits.exceeded(body.length);
    }
    return body;
  }

  /// Snappy's block format, as remote write and Loki's protobuf push use it. Its first bytes tell
  /// the decoded length, which is checked before anything is allocated.
  public static byte[] snappy(byte[] body, Limits limits) {
    byte[] decoded = new byte[snappyLength(body, limits)];
    snappy(body, decoded);
    return decoded;
  }

  /// How long a snappy block says that it becomes, held against the limits.
  public static int snappyLength(byte[] body, Limits limits) {
    long length = 0;
    for (int i = 0; i < Math.min(5, body.length); i++) {
      length |= (body[i] & 0x7FL) << (7 * i);
      if (body[i] >= 0) {
        if (length > limits.allowed(body.length)) {
          throw limits.exceeded(body.length);
        }
        return (int) length;
      }
    }
    throw new BadInput("the body is not a snappy block: it has no length", 0);
  }

  /// Decodes a snappy block into an array that is at least as long as [#snappyLength].
  public static void snappy(byte[] body, byte[] into) {
    try {
      int _ = Snappy.uncompress(body, 0, body.length, into, 0);
    } catch (IOException e) {
      throw new BadInput("the body is not a snappy block: " + e.getMessage(), e);
    }
  }

  private static byte[] zstd(byte[] body, Limits limits) {
    long allowed = limits.allowed(body.length);
    if (body.length > 0 && Zstd.getFrameContentSize(body) > allowed) {
      throw limits.exceeded(body.length);
    }
    try (ZstdInputStream in = new ZstdInputStream(new ByteArrayInputStream(body))) {
      in.setLongMax(ZSTD_WINDOW_LOG);
      byte[] decoded = in.readNBytes((int) allowed + 1);
      if (decoded.length > allowed) {
        throw limits.exceeded(body.length);
      }
      if (decoded.length == 0 && body.length == 0) {
        throw new BadInput("the body is empty, which is not a zstd frame", 0);
      }
      return decoded;
    } catch (IOException | ZstdException e) {
      throw new BadInput("the body is not zstd: " + e.getMessage(), e);
    }
  }
}
