package hinomi.agent.ship;

import hinomi.model.Time;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/// Posts remote-write bodies and waits, as long as it takes, for an answer that counts. One thread.
public final class Shipment {
  /// Where a server takes samples of the past ([hinomi.agent.backfill]).
  public static final String PAST = "/api/hinomi/v1/backfill";

  private final Courier.Metrics courier;
  private final Time time;
  private final Consumer<String> waiting;
  private final Backoff backoff = new Backoff(ThreadLocalRandom.current());

  /// What became of one body.
  ///
  /// @param reason of the refusals, in the server's words
  public record Outcome(long stored, long refused, String reason) {}

  /// @param server base address
  /// @param path that takes remote write
  /// @param waiting is told why, each time that the server does not take
  public Shipment(HttpClient client, URI server, String path, Time time, Consumer<String> waiting) {
    this.courier = new Courier.Metrics(client, server, path);
    this.time = time;
    this.waiting = waiting;
  }

  public Outcome deliver(byte[] body, int samples) throws InterruptedException {
    while (true) {
      switch (answer(body, samples)) {
        case Answer.Done done -> {
          backoff.reset();
          return new Outcome(samples - done.refused(), done.refused(), done.reason());
        }
        case Answer.Later later -> {
          waiting.accept(later.reason());
          await(later.notBefore().orElse(Duration.ZERO));
        }
      }
    }
  }

  private Answer answer(byte[] body, int samples) throws InterruptedException {
    try {
      return Answer.judge(courier.post(body, samples), samples, time.now());
    } catch (IOException e) {
      return new Answer.Later(Optional.empty(), e.toString());
    }
  }

  private void await(Duration asked) throws InterruptedException {
    Duration own = backoff.next();
    CountDownLatch due = new CountDownLatch(1);
    hinomi.model.Cancel _ =
        time.at(
            time.now().plus(asked.compareTo(own) > 0 ? asked : own), "send again", due::countDown);
    due.await();
  }
}
