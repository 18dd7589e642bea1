package hinomi.exchangesimulator.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// Sets up a watched exchange in a directory: the product's configuration with the exchange's laid
/// over it, the exchange and the product each in a process of its own.
final class Stage implements AutoCloseable {
  private static final String EXCHANGE_ADDRESS = "127.0.0.1:8490";

  private final Path directory;
  private final Child exchange;
  private final Child hinomi;
  private final int exchangePort = freePort(8490);
  private final JsonNode ready;

  /// Starts both and waits until the product says that it is ready.
  Stage(Path home, Path directory, String webhook) {
    this.directory = directory;
    int web = freePort(8480);
    try {
      overlay(home.resolve("config"), directory.resolve("config"));
      overlay(home.resolve("examples/exchange-simulator/config"), directory.resolve("config"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Path readyFile = directory.resolve("ready.json");
    this.exchange =
        new Child(
            "the exchange",
            home,
            directory.resolve("exchange.log"),
            List.of(
                "exchange",
                "--port",
                Integer.toString(exchangePort),
                "--collector",
                "http://127.0.0.1:" + web));
    this.hinomi =
        new Child(
            "hinomi",
            home,
            directory.resolve("hinomi.log"),
            List.of(
                "run",
                "--config",
                directory.resolve("config").toString(),
                "--data",
                directory.resolve("data").toString(),
                "--ready-file",
                readyFile.toString(),
                "--set",
                "web.port=" + web,
                "--set",
                "status.port=" + freePort(8481),
                "--set",
                "otlp.http.port=0",
                "--set",
                "agent.interval=5s",
                "--set",
                "delivery.webhook.url=" + webhook));
    try {
      await("hinomi's ready file", Duration.ofSeconds(60), () -> Files.exists(readyFile));
      this.ready = JsonMapper.builder().build().readTree(readyFile.toFile());
    } catch (IOException e) {
      close();
      throw new UncheckedIOException(e);
    } catch (IllegalStateException e) {
      close();
      throw e;
    }
  }

  /// Waits for something to be seen, looking four times a second; both processes must stay alive.
  void await(String what, Duration patience, BooleanSupplier seen) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!seen.getAsBoolean()) {
      exchange.mustRun();
      hinomi.mustRun();
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("not seen within " + patience.toSeconds() + " s: " + what);
      }
      pause(Duration.ofMillis(250));
    }
  }

  static void pause(Duration time) {
    java.util.concurrent.locks.LockSupport.parkNanos(time.toNanos());
  }

  String exchangeUrl() {
    return "http://127.0.0.1:" + exchangePort;
  }

  String webUrl() {
    return ready.path("web").asText();
  }

  String statusUrl() {
    return ready.path("status").asText();
  }

  Path mailbox() {
    return directory.resolve("data").resolve("mailbox");
  }

  private void overlay(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        if (file.toString().contains("probes")) {
          Files.writeString(
              target,
              Files.readString(file).replace(EXCHANGE_ADDRESS, "127.0.0.1:" + exchangePort));
        } else {
          Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  /// The wanted port if it is free, any other otherwise.
  private static int freePort(int wanted) {
    for (int port : new int[] {wanted, 0}) {
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        if (port == 0) {
          throw new UncheckedIOException(e);
        }
      }
    }
    throw new IllegalStateException("BUG: unreachable");
  }

  @Override
  public void close() {
    exchange.close();
    hinomi.close();
  }
}
