import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/// Takes webhooks and remembers each by its idempotency key: what it said of which trial, and when
/// it was answered. One of them can be held, unanswered, until it is let go. Any thread.
final class PageReceiver {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// So close to a strike an answer may not have been read by who was struck.
  private static final Duration CLOSE = Duration.ofMillis(100);

  private final HttpServer server;
  private final Map<String, Message> messages = new ConcurrentHashMap<>();
  private volatile Hold hold = new Hold("", "");

  /// What came under one key.
  private static final class Message {
    final String trial;
    final String status;
    final List<Instant> answered = new ArrayList<>(); // under this
    int unanswered; // under this

    Message(String trial, String status) {
      this.trial = trial;
      this.status = status;
    }

    synchronized List<Instant> answers() {
      return List.copyOf(answered);
    }
  }

  private static final class Hold {
    final String trial;
    final String status;
    final CountDownLatch came = new CountDownLatch(1);
    final CountDownLatch over = new CountDownLatch(1);

    Hold(String trial, String status) {
      this.trial = trial;
      this.status = status;
    }
  }

  PageReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 64);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::take);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  /// The next message that says so of a trial is not answered.
  void holds(String trial, String status) {
    hold = new Hold(trial, status);
  }

  boolean held(String trial) {
    return hold.trial.equals(trial) && hold.came.getCount() == 0;
  }

  void letGo() {
    Hold former = hold;
    hold = new Hold("", "");
    former.over.countDown();
  }

  private void take(HttpExchange exchange) throws IOException {
    String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
    JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
    String trial = body.at("/groupLabels/trial").asText();
    String status = body.path("status").asText();
    Message message = messages.computeIfAbsent(key, _ -> new Message(trial, status));
    Hold present = hold;
    if (present.trial.equals(trial) && present.status.equals(status)) {
      synchronized (message) {
        message.unanswered++;
      }
      present.came.countDown();
      try {
        present.over.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      exchange.close(); // without an answer
      return;
    }
    synchronized (message) {
      message.answered.add(Instant.now());
    }
    try (exchange) {
      exchange.sendResponseHeaders(200, -1);
    } catch (IOException e) {
      // Whoever asked is gone; he may have read it or not.
    }
  }

  private Stream<Message> of(String trial, String status) {
    return messages.values().stream()
        .filter(message -> message.trial.equals(trial) && message.status.equals(status));
  }

  /// How often a trial's word was answered.
  int answered(String trial, String status) {
    return of(trial, status).mapToInt(message -> message.answers().size()).sum();
  }

  /// How many messages, by their keys, said so.
  int messages(String trial, String status) {
    return (int) of(trial, status).count();
  }

  Instant first(String trial, String status) {
    return of(trial, status)
        .flatMap(message -> message.answers().stream())
        .min(Instant::compareTo)
        .orElse(Instant.MAX);
  }

  /// Messages that were answered again although the answer before was not close to a strike.
  List<String> doubled(List<Instant[]> strikes) {
    List<String> doubled = new ArrayList<>();
    messages.forEach((key, message) -> {
      List<Instant> answers = message.answers();
      for (Instant answer : answers.subList(0, Math.max(0, answers.size() - 1))) {
        boolean close =
            strikes.stream()
                .anyMatch(strike -> Duration.between(answer, strike[0]).abs().compareTo(CLOSE) < 0);
        if (!close) {
          doubled.add(message.trial + " " + message.status + " " + key);
        }
      }
    });
    return doubled;
  }

  int keys() {
    return messages.size();
  }

  int answers() {
    return messages.values().stream().mapToInt(message -> message.answers().size()).sum();
  }

  /// Messages that came again though they had been answered.
  long again() {
    return messages.values().stream().filter(message -> message.answers().size() > 1).count();
  }

  int unanswered() {
    return messages.values().stream().mapToInt(message -> message.unanswered).sum();
  }
}
