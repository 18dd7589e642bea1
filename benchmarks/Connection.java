import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// One kept-alive HTTP/1.1 connection to this machine that knows no more of HTTP than it needs: a
/// general client would take longer than the fast answers that it is to measure (RFC 9112).
final class Connection implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 300_000;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private byte[] message = new byte[1 << 16];

  Connection(int port) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
    out = socket.getOutputStream();
  }

  /// What came back.
  record Answer(int status, byte[] body) {
    boolean good() {
      return status / 100 == 2;
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  Answer get(String path) throws IOException {
    return ask("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", MemorySegment.NULL);
  }

  Answer post(String path) throws IOException {
    return ask(
        "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n\r\n",
        MemorySegment.NULL);
  }

  /// A form, for what is too long for a path.
  Answer post(String path, String form) throws IOException {
    byte[] bytes = form.getBytes(StandardCharsets.UTF_8);
    String head =
        "POST "
            + path
            + " HTTP/1.1\r\n"
            + "Host: 127.0.0.1\r\n"
            + "Content-Type: application/x-www-form-urlencoded\r\n"
            + "Content-Length: "
            + bytes.length
            + "\r\n\r\n";
    return ask(head, MemorySegment.ofArray(bytes));
  }

  /// Remote write 1.0.
  Answer write(Bodies.Body body) throws IOException {
    String head =
        "POST /api/v1/write HTTP/1.1\r\n"
            + "Host: 127.0.0.1\r\n"
            + "Content-Type: application/x-protobuf\r\n"
            + "Content-Encoding: snappy\r\n"
            + "X-Prometheus-Remote-Write-Version: 0.1.0\r\n"
            + "Content-Length: "
            + body.bytes().byteSize()
            + "\r\n\r\n";
    return ask(head, body.bytes());
  }

  private Answer ask(String head, MemorySegment body) throws IOException {
    byte[] headBytes = head.getBytes(StandardCharsets.US_ASCII);
    int bodyLength = Math.toIntExact(body.byteSize());
    int length = headBytes.length + bodyLength;
    if (message.length < length) {
      message = new byte[length * 2];
    }
    System.arraycopy(headBytes, 0, message, 0, headBytes.length);
    MemorySegment.copy(body, ValueLayout.JAVA_BYTE, 0, message, headBytes.length, bodyLength);
    out.write(message, 0, length);
    return answer();
  }

  private Answer answer() throws IOException {
    int status = Integer.parseInt(line().split(" ")[1]);
    int length = 0;
    boolean chunked = false;
    for (String line = line(); !line.isEmpty(); line = line()) {
      String field = line.toLowerCase(Locale.ROOT);
      if (field.startsWith("content-length:")) {
        length = Integer.parseInt(field.substring(15).strip());
      }
      chunked |= field.startsWith("transfer-encoding:") && field.contains("chunked");
    }
    return new Answer(status, chunked ? chunks() : in.readNBytes(length));
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream(1 << 16);
    for (int size = size(line()); size > 0; size = size(line())) {
      whole.write(in.readNBytes(size));
      line();
    }
    line();
    return whole.toByteArray();
  }

  private static int size(String line) {
    return Integer.parseInt(line.split(";")[0].strip(), 16);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the server has closed the connection");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
