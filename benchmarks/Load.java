import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/// Sends bodies over a few connections; a series always over the same one, so that its samples come
/// in order. Without a rate, each body is sent when the one before was answered. With a rate each
/// has its time, and what a request took is counted from that time, not from when the sender got
/// round to it: a server that stalls is charged for all who had to wait. A sender costs so little
/// that the server is what is measured.
final class Load {
  private static final int CONNECTIONS = 2;

  private final int port;
  private final List<Bodies.Body> bodies;
  private final long[] due;
  private final long[] took;
  private final boolean paced;

  /// How many bodies one connection may be ahead of the other: those with the same scrapes. Else
  /// one is hours of the fleet's time ahead, and Prometheus refuses what comes over the other as
  /// too old.
  private final int window;

  /// The body at which each connection is.
  private final AtomicIntegerArray at = new AtomicIntegerArray(CONNECTIONS);

  private final AtomicReference<Exception> failure = new AtomicReference<>();

  private Load(int port, List<Bodies.Body> bodies, double samplesPerSecond) {
    this.port = port;
    this.bodies = bodies;
    this.due = new long[bodies.size()];
    this.took = new long[bodies.size()];
    this.paced = samplesPerSecond > 0;
    this.window = bodies.stream().mapToInt(Bodies.Body::place).max().orElse(0) + 1;
    long before = 0;
    for (int i = 0; paced && i < due.length; i++) {
      due[i] = (long) (before / samplesPerSecond * 1e9);
      before += bodies.get(i).samples();
    }
  }

  /// @param samples acknowledged
  /// @param sorted what the requests took, nanoseconds
  record Result(long samples, double seconds, long[] sorted) {
    double rate() {
      return samples / seconds;
    }

    /// Milliseconds that a share of the requests did not exceed.
    double millis(double share) {
      return sorted[Math.min(sorted.length - 1, (int) (sorted.length * share))] / 1e6;
    }
  }

  /// As fast as the server answers.
  static Result send(int port, List<Bodies.Body> bodies) throws Exception {
    return send(port, bodies, 0);
  }

  /// @param samplesPerSecond 0 is as fast as the server answers
  static Result send(int port, List<Bodies.Body> bodies, double samplesPerSecond) throws Exception {
    return new Load(port, bodies, samplesPerSecond).run();
  }

  private Result run() throws Exception {
    long begin = System.nanoTime();
    List<Thread> senders = new ArrayList<>();
    for (int c = 0; c < CONNECTIONS; c++) {
      int connection = c;
      senders.add(Thread.ofPlatform().start(() -> sendOver(connection, begin)));
    }
    for (Thread sender : senders) {
      sender.join();
    }
    if (failure.get() != null) {
      throw new IOException("a body was not taken", failure.get());
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    Arrays.sort(took);
    return new Result(Bodies.samples(bodies), seconds, took);
  }

  private void sendOver(int own, long begin) {
    try (Connection connection = new Connection(port)) {
      for (int i = 0; i < took.length && failure.get() == null; i++) {
        at.set(own, i);
        if (bodies.get(i).place() % CONNECTIONS == own) {
          awaitTurn(i, begin);
          long from = paced ? begin + due[i] : System.nanoTime();
          Connection.Answer answer = connection.write(bodies.get(i));
          if (!answer.good()) {
            throw new IOException(answer.status() + " " + answer.text());
          }
          took[i] = System.nanoTime() - from;
        }
      }
    } catch (IOException | RuntimeException e) {
      failure.compareAndSet(null, e);
    } finally {
      at.set(own, Integer.MAX_VALUE);
    }
  }

  private void awaitTurn(int i, long begin) {
    for (int other = 0; other < CONNECTIONS; other++) {
      while (i - at.get(other) > window && failure.get() == null) {
        LockSupport.parkNanos(100_000);
      }
    }
    for (long wait = begin + due[i] - System.nanoTime();
        paced && wait > 0;
        wait = begin + due[i] - System.nanoTime()) {
      LockSupport.parkNanos(wait);
    }
  }
}
