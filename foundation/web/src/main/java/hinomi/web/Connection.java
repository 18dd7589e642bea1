package hinomi.web;

import hinomi.model.Cancel;
import java.util.ArrayList;
import java.util.List;

/// How a request came, and whether whoever sent it still waits. Costly endpoints ask to be told
/// when the client goes away before its answer, to stop working for nobody. Any thread.
public final class Connection {
  private final List<Runnable> watchers = new ArrayList<>();
  private volatile boolean closed;

  /// Whether the client has gone. Costs nothing to ask often.
  public boolean gone() {
    return closed;
  }

  /// Runs `then` once when the client goes away, at once when it has gone already. It runs on an
  /// event loop and must not block. Ended by the [Cancel], after which it is never run.
  public Cancel onClosed(Runnable then) {
    synchronized (watchers) {
      if (!closed) {
        watchers.add(then);
        return () -> forget(then);
      }
    }
    then.run();
    return () -> {};
  }

  private void forget(Runnable watcher) {
    synchronized (watchers) {
      watchers.remove(watcher);
    }
  }

  /// The client has gone.
  void close() {
    synchronized (watchers) {
      if (closed) {
        return;
      }
      closed = true;
      // Under the lock, so that a watcher never runs after its Cancel has returned.
      watchers.forEach(Runnable::run);
      watchers.clear();
    }
  }
}
