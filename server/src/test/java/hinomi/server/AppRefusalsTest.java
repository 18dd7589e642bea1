package hinomi.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import hinomi.model.Unavailable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What cannot be had is said in one sentence, and what had been started by then is ended.
final class AppRefusalsTest {
  @TempDir Path top;

  private static Unavailable refusal(AppConfig config) {
    Unavailable refusal =
        catchThrowableOfType(Unavailable.class, () -> new Running(config).close());
    assertThat(refusal).as("a refusal to start").isNotNull();
    assertThat(refusal.reason()).as("one line").doesNotContain("\n");
    return refusal;
  }

  /// All starts are in one data directory: each would fail on the lock, the database or the stores
  /// if the one before had left anything open.
  @Test
  void aTakenPortOfAnyListenerIsNamedAndLeavesNothingBehind() throws IOException {
    Site site = Site.small(top);
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      for (String listener : List.of("web", "status", "otlp.http")) {
        assertThat(refusal(site.read(listener + ".port", port)).reason())
            .isEqualTo(
                "the port of the %s listener, 127.0.0.1:%s, is taken or not allowed; free it or"
                        .formatted(listener, port)
                    + " choose another with --set "
                    + listener
                    + ".port=N (0 means any free one)");
      }
    }
    try (Running app = new Running(site.read())) {
      assertThat(app.get(app.web() + "/readyz").status()).isEqualTo(200);
    }
  }

  @Test
  void noThreadOutlivesTheClose() {
    Site site = Site.small(top);
    new Running(site.read()).close(); // what the libraries start once and keep
    Set<Thread> before = threads();
    new Running(site.read()).close();
    Eventually.seen("the end of every thread", () -> before.containsAll(threads()));
  }

  /// All platform threads but those that the JDK keeps for a while: carriers of virtual threads and
  /// the one that waits for processes.
  private static Set<Thread> threads() {
    Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
    threads.removeIf(thread -> thread.getName().matches("(ForkJoinPool|process reaper).*"));
    return threads;
  }

  @Test
  void aDataDirectoryInUseNamesTheProcessThatHoldsIt() {
    Site site = Site.small(top);
    try (Running first = new Running(site.read())) {
      assertThat(refusal(site.read()).reason())
          .isEqualTo(
              "the data directory "
                  + site.data()
                  + " is in use by process "
                  + ProcessHandle.current().pid()
                  + "; stop it or choose another directory with --data DIR");
      assertThat(first.write("still_taken", 1).status()).isEqualTo(204);
    }
    try (Running second = new Running(site.read())) {
      assertThat(second.value("still_taken")).contains(1.0);
    }
  }

  @Test
  void aDataDirectoryThatCannotBeMadeIsNamed() {
    Site site = Site.small(top).with("../data", "a file, not a directory");
    assertThat(refusal(site.read()).reason())
        .startsWith("the data directory " + site.data() + " cannot be used: ");
  }
}
