package hinomi.exchangesimulator.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A process of its own, started by the launcher as a person would, its output in a file.
final class Child implements AutoCloseable {
  private final Process process;
  private final String name;
  private final Path log;

  Child(String name, Path home, Path log, List<String> arguments) {
    this.name = name;
    this.log = log;
    List<String> command = new ArrayList<>(List.of(home.resolve("hinomi").toString()));
    command.addAll(arguments);
    try {
      this.process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Ends with a clear sentence if the process has ended by itself.
  void mustRun() {
    if (!process.isAlive()) {
      throw new IllegalStateException(
          name + " ended with exit code " + process.exitValue() + "; its output is in " + log);
    }
  }

  /// SIGTERM; a process that does not end within ten seconds is killed.
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
