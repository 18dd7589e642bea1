package hinomi.collector.push;

import hinomi.disk.Durably;
import hinomi.model.BadInput;
import hinomi.model.Labels;
import hinomi.model.Unavailable;
import hinomi.wire.Exposition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One file for each pushed group, in the text exposition format (drawn in
/// `docs/formats/pushed-groups.md`). A file is replaced as a whole, durably. Callers see to it that
/// one thread is here at a time.
final class GroupFiles {
  private static final Logger log = LoggerFactory.getLogger(GroupFiles.class);
  private static final String ENDING = ".prom";

  private final Path directory;

  GroupFiles(Path directory) {
    this.directory = directory;
    try {
      Durably.createFolder(directory);
    } catch (IOException e) {
      throw new Unavailable("cannot make the directory " + directory + ": " + e.getMessage(), e);
    }
  }

  /// Reads all groups. A file that cannot be read is left where it is and reported: the others are
  /// still good.
  List<Group> load() {
    List<Group> groups = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(f -> f.toString().endsWith(ENDING)).sorted().toList()) {
        try {
          groups.add(group(Exposition.parse(Files.readAllBytes(file), Exposition.Dialect.KEPT)));
        } catch (BadInput e) {
          log.atWarn()
              .addKeyValue("file", file)
              .addKeyValue("reason", e.reason())
              .log("pushed group cannot be read; it is left out until it is pushed again");
        }
      }
    } catch (IOException e) {
      throw new Unavailable("cannot read pushed groups: " + e.getMessage(), e);
    }
    return groups;
  }

  /// The labels of `push_time_seconds` are the grouping labels.
  private static Group group(List<Exposition.Family> families) {
    Map<String, Exposition.Family> byName = new LinkedHashMap<>();
    families.forEach(family -> byName.put(family.name(), family));
    Exposition.Family pushed = byName.get(Group.PUSHED);
    if (pushed == null) {
      throw new BadInput("there is no " + Group.PUSHED);
    }
    return new Group(pushed.points().getFirst().labels().without(Labels.NAME), byName);
  }

  void save(Group group) {
    Path file = file(group.key());
    byte[] text =
        Exposition.text(List.copyOf(group.families().values())).getBytes(StandardCharsets.UTF_8);
    try {
      Durably.replace(file, text);
    } catch (IOException e) {
      throw new Unavailable("cannot keep a pushed group: " + e.getMessage(), e);
    }
  }

  void remove(Labels key) {
    try {
      Durably.delete(directory, List.of(file(key)));
    } catch (IOException e) {
      throw new Unavailable("cannot delete a pushed group: " + e.getMessage(), e);
    }
  }

  private Path file(Labels key) {
    return directory.resolve("%016x%s".formatted(key.fingerprint(), ENDING));
  }
}
