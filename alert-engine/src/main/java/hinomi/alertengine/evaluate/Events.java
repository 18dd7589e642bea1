package hinomi.alertengine.evaluate;

import hinomi.alertengine.AlertListener;
import hinomi.model.AlertEvent;
import hinomi.model.Cancel;
import hinomi.model.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands events to the listener in order, again and again until it takes them. A listener that
/// fails delays nobody else: evaluation only adds to the queue.
public final class Events implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Events.class);
  private static final int LIMIT = 10_000;
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final AlertListener listener;
  private final Time time;
  private final EvaluationTelemetry telemetry;
  private final Deque<AlertEvent> queue = new ArrayDeque<>(); // under this
  private boolean running; // under this
  private boolean closed; // under this

  public Events(AlertListener listener, Time time, EvaluationTelemetry telemetry) {
    this.listener = listener;
    this.time = time;
    this.telemetry = telemetry;
  }

  public void add(List<AlertEvent> events) {
    synchronized (this) {
      for (AlertEvent event : events) {
        if (queue.size() == LIMIT) {
          // The oldest goes: of an alert, the newest state is what matters.
          queue.removeFirst();
          telemetry.eventsLost(1);
        }
        queue.addLast(event);
      }
    }
    start(time.now());
  }

  private synchronized void start(Instant when) {
    if (!running && !closed && !queue.isEmpty()) {
      running = true;
      Cancel _ = time.at(when, "alert events", this::run);
    }
  }

  private void run() {
    boolean failed = false;
    AlertEvent event = head();
    while (event != null && !failed) {
      try {
        listener.changed(event);
        taken(event);
        event = head();
      } catch (RuntimeException e) {
        // Whatever the listener's trouble is, the event comes again.
        log.atWarn()
            .addKeyValue("alert", event.alertname())
            .setCause(e)
            .log("listener failed; the event comes again");
        failed = true;
      }
    }
    synchronized (this) {
      running = false;
    }
    start(failed ? time.now().plus(RETRY) : time.now());
  }

  private synchronized @Nullable AlertEvent head() {
    return closed ? null : queue.peekFirst();
  }

  private synchronized void taken(AlertEvent event) {
    if (event.equals(queue.peekFirst())) {
      queue.removeFirst();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
  }
}
