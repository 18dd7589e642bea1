package hinomi.syntheticprobes.check;

import hinomi.syntheticprobes.check.Observed.Phase;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// One request and its answer over a connection of its own (HTTP/1.1, RFC 9112). Written out here
/// because the JDK's client keeps connections and tells no phases. One thread.
final class HttpExchange {
  /// Of a longer body only this much is kept; the rest is counted.
  static final int MAX_BODY = 1 << 20;

  private static final int MAX_HEADERS = 256;

  private final Notes notes;
  private final Deadline deadline;
  private final Map<String, String> headers = new TreeMap<>();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private long bodyBytes;
  private int status;
  private String version = "";

  HttpExchange(Notes notes, Deadline deadline) {
    this.notes = notes;
    this.deadline = deadline;
  }

  /// @param headersToSend besides `Host`, `Connection` and `Content-Length`
  void run(Check.Http check, URI url, String method, Map<String, String> headersToSend)
      throws IOException {
    boolean secure = "https".equals(url.getScheme());
    int port = url.getPort() >= 0 ? url.getPort() : secure ? 443 : 80;
    String host = url.getHost().replaceAll("[\\[\\]]", "");
    try (Wire wire = Wire.connect(host, port, notes, deadline)) {
      if (secure) {
        wire.secure(host, check.verifyCertificate());
      }
      Duration start = deadline.passed();
      boolean hasBody = method.equals(check.method()) && !check.body().isEmpty();
      byte[] content = hasBody ? check.body().getBytes(StandardCharsets.UTF_8) : new byte[0];
      wire.send(head(url, method, headersToSend, content.length));
      wire.send(content);
      Bytes in = new Bytes(wire);
      readHead(in);
      notes.took(Phase.PROCESSING, deadline.passed().minus(start));
      start = deadline.passed();
      readBody(in, method);
      notes.took(Phase.TRANSFER, deadline.passed().minus(start));
    }
  }

  private static byte[] head(
      URI url, String method, Map<String, String> headersToSend, int contentLength) {
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    String target = url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.put("Host", url.getHost() + (url.getPort() >= 0 ? ":" + url.getPort() : ""));
    all.put("User-Agent", "hinomi-probe");
    all.put("Accept", "*/*");
    all.putAll(headersToSend);
    all.put("Connection", "close");
    if (contentLength > 0 || method.equals("POST") || method.equals("PUT")) {
      all.put("Content-Length", Integer.toString(contentLength));
    }
    StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    all.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    return head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  private void readHead(Bytes in) throws IOException {
    do {
      headers.clear();
      readStatus(in.line());
      for (String line = in.line(); !line.isEmpty(); line = in.line()) {
        int colon = line.indexOf(':');
        if (colon <= 0) {
          throw new IOException("not HTTP: a header without a colon");
        }
        headers.merge(
            line.substring(0, colon).toLowerCase(Locale.ROOT),
            line.substring(colon + 1).strip(),
            (first, second) -> first + ", " + second);
        if (headers.size() > MAX_HEADERS) {
          throw new IOException("more than " + MAX_HEADERS + " headers");
        }
      }
      // 100 Continue, 103 Early Hints: the answer proper follows.
    } while (status < 200 && status != 101);
  }

  private void readStatus(String line) throws IOException {
    if (!line.matches("HTTP/1\\.[01] \\d{3}( .*)?")) {
      String begin = line.substring(0, Math.min(40, line.length()));
      throw new IOException("not HTTP/1: \"" + begin.replaceAll("[^ -~]", "?") + "\"");
    }
    version = line.substring(5, 8);
    status = Integer.parseInt(line.substring(9, 12));
  }

  private void readBody(Bytes in, String method) throws IOException {
    boolean none = method.equals("HEAD") || status == 204 || status == 304 || status == 101;
    if (none) {
      return;
    }
    String coding = headers.getOrDefault("transfer-encoding", "").toLowerCase(Locale.ROOT);
    if (coding.endsWith("chunked")) {
      readChunks(in);
    } else if (contentLength() >= 0) {
      readExactly(in, contentLength());
    } else {
      for (int b = in.next(); b >= 0; b = in.next()) {
        keep(b);
      }
    }
  }

  private void readChunks(Bytes in) throws IOException {
    while (true) {
      String size = in.line().replaceFirst(";.*", "").strip();
      if (!size.matches("[0-9a-fA-F]{1,15}")) {
        throw new IOException("not HTTP: a chunk without a size");
      }
      long length = Long.parseLong(size, 16);
      if (length == 0) {
        // What may follow are trailers; the connection is closed with them.
        return;
      }
      readExactly(in, length);
      if (!in.line().isEmpty()) {
        throw new IOException("not HTTP: a chunk longer than its size");
      }
    }
  }

  private void readExactly(Bytes in, long length) throws IOException {
    for (long i = 0; i < length; i++) {
      int b = in.next();
      if (b < 0) {
        throw new EOFException("the body ended after " + bodyBytes + " bytes");
      }
      keep(b);
    }
  }

  private void keep(int b) {
    bodyBytes++;
    if (body.size() < MAX_BODY) {
      body.write(b);
    }
  }

  private long contentLength() throws IOException {
    String text = headers.getOrDefault("content-length", "-1");
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IOException("not HTTP: content-length " + text, e);
    }
  }

  int status() {
    return status;
  }

  Optional<String> location() {
    return Optional.ofNullable(headers.get("location"));
  }

  Observed.Answer answer(int redirects) throws IOException {
    return new Observed.Answer(
        status,
        version,
        body.toString(StandardCharsets.UTF_8),
        bodyBytes,
        contentLength(),
        redirects);
  }
}
