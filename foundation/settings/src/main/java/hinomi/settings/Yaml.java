package hinomi.settings;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/// Reads YAML 1.2 files (so `on` and `no` stay texts) into [Section]s. Bombs are refused: at most
/// 50 aliases, 50 levels, 4 MiB a file.
public final class Yaml {
  private static final int MAX_BYTES = 4 << 20;
  private static final LoadSettings SETTINGS =
      LoadSettings.builder()
          .setAllowDuplicateKeys(true) // reported by Section, all at once and with their places
          .setAllowRecursiveKeys(false)
          .setMaxAliasesForCollections(50)
          .setCodePointLimit(MAX_BYTES)
          .setUseMarks(true)
          .build();

  private Yaml() {}

  /// Reads one file; a file that cannot be read or parsed is a mistake and yields an empty section.
  public static Section read(Path file, Mistakes mistakes) {
    return read(file, mistakes, Map.of());
  }

  /// Reads one file with values of the command line put over it.
  ///
  /// @param overrides dotted key (`web.port`) → value
  public static Section read(Path file, Mistakes mistakes, Map<String, String> overrides) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        mistakes.add(new Mistake(file.toString(), 1, 1, "the file is larger than 4 MiB"));
        return Section.root(new Source(file.toString(), ""), mistakes, null);
      }
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
              .toString();
      return parse(file.toString(), text, mistakes, overrides);
    } catch (CharacterCodingException e) {
      mistakes.add(new Mistake(file.toString(), 1, 1, "the file is not UTF-8"));
    } catch (IOException e) {
      mistakes.add(new Mistake(file.toString(), 1, 1, "cannot be read: " + e.getMessage()));
    }
    return Section.root(new Source(file.toString(), ""), mistakes, null);
  }

  public static Section parse(String name, String text, Mistakes mistakes) {
    return parse(name, text, mistakes, Map.of());
  }

  private static Section parse(
      String name, String text, Mistakes mistakes, Map<String, String> overrides) {
    Source source = new Source(name, text);
    Node root = compose(source, text, mistakes);
    return Section.root(source, mistakes, Overrides.apply(root, overrides));
  }

  private static @Nullable Node compose(Source source, String text, Mistakes mistakes) {
    try {
      Iterator<Node> documents = new Compose(SETTINGS).composeAllFromString(text).iterator();
      Node first = documents.hasNext() ? documents.next() : null;
      if (documents.hasNext()) {
        Node second = documents.next();
        int index = second.getStartMark().map(Mark::getIndex).orElse(0);
        mistakes.add(source.mistake(index, "one document a file, please"));
      }
      return first;
    } catch (MarkedYamlEngineException e) {
      int index = e.getProblemMark().map(Mark::getIndex).orElse(0);
      mistakes.add(source.mistake(index, told(String.valueOf(e.getProblem()))));
    } catch (YamlEngineException e) {
      mistakes.add(source.mistake(String.valueOf(e.getMessage())));
    }
    return null;
  }

  /// What the parser found, with what is mostly meant.
  private static String told(String problem) {
    return problem.equals("mapping values are not allowed here")
        ? problem + "; a text with a colon and a space in it stands in quotes"
        : problem;
  }

  /// The YAML files of a folder in name order; none when the folder does not exist.
  public static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(Files::isRegularFile)
          .filter(file -> file.toString().matches(".*\\.ya?ml"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new hinomi.model.Unavailable("cannot list " + folder + ": " + e.getMessage(), e);
    }
  }
}
