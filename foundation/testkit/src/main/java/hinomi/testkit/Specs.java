package hinomi.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/// Runs specifications in plain text: `src/test/resources/<topic>/*.spec`, one behaviour a file. A
/// line is a command; indented lines below it belong to it; `#` begins a comment. The module under
/// test supplies what the commands mean; a failure names file and line.
///
/// ```
/// rule  Slow: p99 > 0.5 for 5m
/// load 1m
///   p99  0.9x6
/// at 4m  pending
/// ```
public final class Specs {
  private Specs() {}

  /// One command with its block.
  ///
  /// @param line number of the command in its file, from 1
  /// @param verb the first word
  /// @param rest what follows on the line, trimmed
  /// @param block the indented lines below, trimmed at their common indent
  public record Step(int line, String verb, String rest, List<String> block) {}

  /// Gives commands their meaning; a new one for every file.
  @FunctionalInterface
  public interface Meaning {
    void run(Step step) throws Exception;
  }

  /// A test for every `.spec` file of a topic on the class path. None is a failure, so that a
  /// renamed folder cannot silently drop out.
  public static Stream<DynamicTest> of(String topic, Supplier<? extends Meaning> meaning) {
    List<Path> files = files(topic);
    if (files.isEmpty()) {
      throw new AssertionError("no .spec files under " + topic);
    }
    return files.stream()
        .map(file ->
            DynamicTest.dynamicTest(name(file), file.toUri(), () -> run(file, meaning.get())));
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName()).replace(".spec", "").replace('-', ' ');
  }

  private static List<Path> files(String topic) {
    URL folder = Specs.class.getClassLoader().getResource(topic);
    if (folder == null) {
      return List.of();
    }
    try (Stream<Path> walk = Files.walk(Path.of(folder.toURI()))) {
      return walk.filter(file -> file.toString().endsWith(".spec")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("BUG: " + e.getMessage(), e);
    }
  }

  /// Runs one file, which may lie anywhere.
  public static void run(Path file, Meaning meaning) throws IOException {
    for (Step step : parse(Files.readAllLines(file))) {
      try {
        meaning.run(step);
      } catch (Exception | AssertionError e) {
        throw new AssertionError(
            file.toAbsolutePath() + ":" + step.line() + ": " + e.getMessage(), e);
      }
    }
  }

  static List<Step> parse(List<String> lines) {
    List<Step> steps = new ArrayList<>();
    List<String> block = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).stripTrailing();
      if (line.isBlank() || line.strip().startsWith("#")) {
        continue;
      }
      if (Character.isWhitespace(line.charAt(0))) {
        block.add(line.strip());
        continue;
      }
      block = new ArrayList<>();
      String[] words = line.split("\\s+", 2);
      steps.add(new Step(i + 1, words[0], words.length > 1 ? words[1].strip() : "", block));
    }
    return steps;
  }
}
