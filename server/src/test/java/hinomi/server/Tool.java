package hinomi.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A program of others, unmodified, as its packager ships it: found on the `PATH` or in the folder
/// that the benchmarks keep theirs in.
record Tool(Path program) {
  private static final long PATIENCE = 20;

  static Optional<Tool> named(String name) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    Path kept = Path.of(System.getProperty("user.home"), ".cache/hinomi-bench/sid/usr/bin");
    return Stream.concat(Stream.of(path.split(":")).map(Path::of), Stream.of(kept))
        .map(folder -> folder.resolve(name))
        .filter(Files::isExecutable)
        .findFirst()
        .map(Tool::new);
  }

  /// What it wrote and how it ended.
  record Said(int code, String text) {}

  Said run(String... arguments) {
    try {
      Process process = builder(arguments).redirectErrorStream(true).start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(program + " does not end: " + text);
      }
      return new Said(process.exitValue(), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /// Starts it and leaves it running; closing ends it.
  Started start(Path log, String... arguments) {
    try {
      return new Started(
          builder(arguments).redirectErrorStream(true).redirectOutput(log.toFile()).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// One that runs.
  record Started(Process process) implements AutoCloseable {
    @Override
    public void close() {
      process.destroy();
      try {
        if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private ProcessBuilder builder(String... arguments) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }
}
