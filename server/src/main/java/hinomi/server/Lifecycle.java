package hinomi.server;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What was started, in order, to be closed in reverse: sources stop before what they write to. One
/// that fails to close is told and the next is closed all the same.
final class Lifecycle implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Lifecycle.class);

  private final Deque<Kept> kept = new ArrayDeque<>();

  private record Kept(String name, AutoCloseable part) {}

  <T extends AutoCloseable> T keep(String name, T part) {
    kept.push(new Kept(name, part));
    return part;
  }

  @Override
  public void close() {
    while (!kept.isEmpty()) {
      Kept next = kept.pop();
      try {
        next.part().close();
      } catch (Exception e) {
        log.atError().addKeyValue("part", next.name()).setCause(e).log("closing failed");
      }
    }
  }
}
