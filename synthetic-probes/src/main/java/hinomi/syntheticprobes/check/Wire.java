package hinomi.syntheticprobes.check;

import hinomi.model.Cancel;
import hinomi.syntheticprobes.check.Observed.Phase;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One connection of a run, from looking up the name to the TLS handshake, each phase measured. One
/// thread.
final class Wire implements AutoCloseable {
  private final Notes notes;
  private final Deadline deadline;
  private final Deque<Socket> open = new ConcurrentLinkedDeque<>();
  private final Cancel guard;
  private Socket socket = new Socket();

  private Wire(Notes notes, Deadline deadline) {
    this.notes = notes;
    this.deadline = deadline;
    // A socket's own timeout begins anew with every byte of a handshake, and writing has none.
    this.guard = deadline.atEnd(this::closeSockets);
  }

  static Wire connect(String host, int port, Notes notes, Deadline deadline) throws IOException {
    Wire wire = new Wire(notes, deadline);
    try {
      Duration start = deadline.passed();
      List<InetAddress> addresses = resolve(host, deadline);
      notes.took(Phase.RESOLVE, deadline.passed().minus(start));
      start = deadline.passed();
      wire.connectAny(addresses, port);
      notes.took(Phase.CONNECT, deadline.passed().minus(start));
      return wire;
    } catch (IOException e) {
      wire.close();
      throw e;
    }
  }

  /// The system's resolver knows no timeout: it is asked on a thread that may be left behind.
  private static List<InetAddress> resolve(String host, Deadline deadline) throws IOException {
    CompletableFuture<List<InetAddress>> answer = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("probe-resolve")
        .start(() -> {
          try {
            answer.complete(List.of(InetAddress.getAllByName(host)));
          } catch (UnknownHostException e) {
            answer.completeExceptionally(e);
          }
        });
    try {
      return answer.get(deadline.leftMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException _) {
      throw new UnknownHostException("cannot resolve " + host);
    } catch (TimeoutException _) {
      throw deadline.expired();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /// Tries the addresses in the resolver's order; the last failure is the one that is told.
  private void connectAny(List<InetAddress> addresses, int port) throws IOException {
    IOException failure = new UnknownHostException("no address");
    for (InetAddress address : addresses) {
      Socket attempt = new Socket();
      open.push(attempt);
      try {
        notes.address(address);
        attempt.connect(new InetSocketAddress(address, port), deadline.leftMillis());
        attempt.setTcpNoDelay(true);
        socket = attempt;
        return;
      } catch (SocketTimeoutException e) {
        throw e;
      } catch (IOException e) {
        failure = e;
      }
    }
    throw failure;
  }

  void secure(String host, boolean verify) throws IOException {
    Duration start = deadline.passed();
    socket.setSoTimeout(deadline.leftMillis());
    socket = Tls.over(socket, host, verify, notes);
    open.push(socket);
    notes.took(Phase.TLS, deadline.passed().minus(start));
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /// Reads what is there, waiting at most to the deadline; -1 at the end.
  int read(byte[] into) throws IOException {
    socket.setSoTimeout(deadline.leftMillis());
    InputStream in = socket.getInputStream();
    return in.read(into);
  }

  /// Reads, where the end would be too early.
  int readMore(byte[] into) throws IOException {
    int length = read(into);
    if (length < 0) {
      throw new EOFException("the connection was closed early");
    }
    return length;
  }

  @Override
  public void close() {
    guard.cancel();
    closeSockets();
  }

  private void closeSockets() {
    for (Socket each : open) {
      try {
        each.close();
      } catch (IOException _) {
        // The run is over; the other side may have closed first.
      }
    }
  }
}
