package hinomi.alertengine.evaluate;

import hinomi.alertengine.AlertListener;
import hinomi.alertengine.PageEvent;
import hinomi.alertengine.PageListener;
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

/// Hands events to the listeners in one order, again and again until they take them: what is said
/// of a page comes after the alerts that it is about. A listener that fails delays nobody else:
/// evaluation and delivery only add to the queue.
public final class Events implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Events.class);
  private static final int LIMIT = 50_000;
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final AlertListener alerts;
  private final PageListener pages;
  private final Time time;
  private final EvaluationTelemetry telemetry;
  private final Deque<Word> queue = new ArrayDeque<>(); // under this
  private boolean running; // under this
  private boolean closed; // under this

  /// Something to be told.
  private record Word(String about, Runnable telling) {}

  public Events(
      AlertListener alerts, PageListener pages, Time time, EvaluationTelemetry telemetry) {
    this.alerts = alerts;
    this.pages = pages;
    this.time = time;
    this.telemetry = telemetry;
  }

  public void add(List<AlertEvent> events) {
    queue(
        events.stream()
            .map(event -> new Word("alert " + event.alertname(), () -> alerts.changed(event)))
            .toList());
  }

  public void add(PageEvent event) {
    queue(List.of(new Word("page " + event.kind(), () -> pages.told(event))));
  }

  private void queue(List<Word> words) {
    synchronized (this) {
      for (Word word : words) {
        if (queue.size() == LIMIT) {
          // The oldest goes: of an alert, the newest state is what matters.
          queue.removeFirst();
          telemetry.eventsLost(1);
        }
        queue.addLast(word);
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
    Word word = head();
    while (word != null && !failed) {
      try {
        word.telling().run();
        taken(word);
        word = head();
      } catch (RuntimeException e) {
        // Whatever the listener's trouble is, the event comes again.
        log.atWarn()
            .addKeyValue("event", word.about())
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

  private synchronized @Nullable Word head() {
    return closed ? null : queue.peekFirst();
  }

  private synchronized void taken(Word word) {
    if (word.equals(queue.peekFirst())) {
      queue.removeFirst();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
  }
}
