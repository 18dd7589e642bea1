package hinomi.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// Compresses replies for clients that take gzip (RFC 9110, 12.5.3), at the level that costs the
/// least time. Only endpoints that hold no secrets beside what a client sends use it.
final class Gzip {
  /// Below it, compressing saves no packet.
  private static final int WORTH_IT = 1 << 10;

  private Gzip() {}

  static Reply encoded(Reply reply, Request request) {
    if (reply.body().length < WORTH_IT) {
      return reply;
    }
    Map<String, String> headers = new LinkedHashMap<>(reply.headers());
    headers.merge("Vary", "Accept-Encoding", (old, own) -> old + ", " + own);
    if (!accepted(request)) {
      return new Reply(reply.status(), reply.contentType(), headers, reply.body());
    }
    headers.put("Content-Encoding", "gzip");
    return new Reply(reply.status(), reply.contentType(), headers, compressed(reply.body()));
  }

  private static boolean accepted(Request request) {
    for (String line : request.headers("accept-encoding")) {
      for (String coding : line.toLowerCase(Locale.ROOT).split(",")) {
        String[] parts = coding.strip().split("\\s*;\\s*");
        boolean wanted = parts[0].equals("gzip") || parts[0].equals("*");
        if (wanted && (parts.length < 2 || !parts[1].matches("q\\s*=\\s*0(\\.0*)?"))) {
          return true;
        }
      }
    }
    return false;
  }

  private static byte[] compressed(byte[] body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length / 6 + 64);
    try (Fast gzip = new Fast(bytes)) {
      gzip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static final class Fast extends GZIPOutputStream {
    Fast(OutputStream out) throws IOException {
      super(out, 32 << 10);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
