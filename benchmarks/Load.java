import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Sends bodies over a few connections, each next one when the one before was answered; with a
/// rate, no sooner than its turn. A sender costs so little that the server is what is measured.
final class Load {
  private static final int CONNECTIONS = 2;

  private Load() {}

  /// @param samples acknowledged
  /// @param p50 and p99 of a request, milliseconds, from its turn where there is a rate
  record Result(long samples, double seconds, double p50, double p99) {
    double rate() {
      return samples / seconds;
    }
  }

  /// @param samplesPerSecond 0 is as fast as the server answers
  static Result send(int port, List<Bodies.Body> bodies, double samplesPerSecond) throws Exception {
    long[] took = new long[bodies.size()];
    AtomicInteger next = new AtomicInteger();
    long[] due = new long[bodies.size()];
    if (samplesPerSecond > 0) {
      long before = 0;
      for (int i = 0; i < due.length; i++) {
        due[i] = (long) (before / samplesPerSecond * 1e9);
        before += bodies.get(i).samples();
      }
    }
    long begin = System.nanoTime();
    List<Thread> senders = new ArrayList<>();
    List<Exception> failures = new ArrayList<>();
    for (int c = 0; c < CONNECTIONS; c++) {
      senders.add(
          Thread.ofPlatform()
              .start(() -> {
                try (Connection connection = new Connection(port)) {
                  for (int i = next.getAndIncrement();
                      i < took.length;
                      i = next.getAndIncrement()) {
                    long wait = begin + due[i] - System.nanoTime();
                    if (wait > 0) {
                      Thread.sleep(wait / 1_000_000, (int) (wait % 1_000_000));
                    }
                    long from = samplesPerSecond > 0 ? begin + due[i] : System.nanoTime();
                    connection.post(bodies.get(i).bytes());
                    took[i] = System.nanoTime() - from;
                  }
                } catch (IOException | InterruptedException e) {
                  synchronized (failures) {
                    failures.add(e);
                  }
                }
              }));
    }
    for (Thread sender : senders) {
      sender.join();
    }
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    Arrays.sort(took);
    return new Result(
        bodies.stream().mapToLong(Bodies.Body::samples).sum(),
        seconds,
        took[took.length / 2] / 1e6,
        took[took.length * 99 / 100] / 1e6);
  }

  /// One kept-alive connection that knows no more of HTTP than it needs.
  private static final class Connection implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    Connection(int port) throws IOException {
      socket = new Socket("127.0.0.1", port);
      socket.setTcpNoDelay(true);
      in = new BufferedInputStream(socket.getInputStream());
      out = socket.getOutputStream();
    }

    void post(byte[] body) throws IOException {
      String head =
          "POST /api/v1/write HTTP/1.1\r\n"
              + "Host: 127.0.0.1\r\n"
              + "Content-Type: application/x-protobuf\r\n"
              + "Content-Encoding: snappy\r\n"
              + "X-Prometheus-Remote-Write-Version: 0.1.0\r\n"
              + "Content-Length: "
              + body.length
              + "\r\n\r\n";
      byte[] headBytes = head.getBytes(StandardCharsets.US_ASCII);
      byte[] message = Arrays.copyOf(headBytes, headBytes.length + body.length);
      System.arraycopy(body, 0, message, headBytes.length, body.length);
      out.write(message);
      String status = line();
      int length = 0;
      for (String line = line(); !line.isEmpty(); line = line()) {
        if (line.toLowerCase().startsWith("content-length:")) {
          length = Integer.parseInt(line.substring(15).strip());
        }
      }
      byte[] answer = in.readNBytes(length);
      if (!status.split(" ")[1].startsWith("2")) {
        throw new IOException(status + " " + new String(answer, StandardCharsets.UTF_8));
      }
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
}
