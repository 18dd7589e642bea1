package hinomi.agent.tail;

import hinomi.agent.tail.TailedFile.Progress;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The files that are open, and which file is which over rotation and restart. One thread.
///
/// Rotation by rename: the open file is read on until it has not grown for ten seconds, its new
/// name is looked for only after a restart. Copy-and-truncate: when a file does not hold what was
/// read of it, its rest is looked for in a copy beside it. A file may be rotated once between two
/// polls.
final class TailedFiles implements AutoCloseable {
  static final int MOST = 1000;

  private static final Logger log = LoggerFactory.getLogger(TailedFiles.class);

  /// How long a file that looks like a copy may wait for its original to be truncated. After that
  /// it is a file of its own: lines twice are better than lines lost.
  private static final Duration COPYING = Duration.ofSeconds(60);

  private final Map<FileId, TailedFile> open = new LinkedHashMap<>();
  private final Map<FileId, Instant> copies = new HashMap<>();
  private final Set<String> troubles = new HashSet<>();

  /// A file that a glob means.
  record Found(Path path, LogSource source) {}

  Collection<TailedFile> all() {
    return List.copyOf(open.values());
  }

  List<Checkpoint.Entry> entries() {
    List<Checkpoint.Entry> entries = new ArrayList<>();
    for (TailedFile file : open.values()) {
      entries.add(new Checkpoint.Entry(file.id(), file.name(), file.progress(), file.seen()));
    }
    return entries;
  }

  /// Takes up what an earlier run has remembered.
  void resume(List<Checkpoint.Entry> entries, Map<FileId, Found> found, List<LogSource> sources)
      throws IOException {
    Set<FileId> remembered = new HashSet<>();
    List<Checkpoint.Entry> moved = new ArrayList<>();
    for (Checkpoint.Entry entry : entries) {
      Found same = found.get(entry.id());
      if (same != null && Siblings.holds(entry.seen(), same.path())) {
        add(entry.id(), same.source(), entry.name(), same.path(), entry.progress());
        saw(entry.id(), entry.seen());
        remembered.add(entry.id());
      } else {
        moved.add(entry);
      }
    }
    for (Checkpoint.Entry entry : moved) {
      Optional<LogSource> source = source(entry.name(), sources);
      Optional<Path> rest = Siblings.continuing(entry.name(), entry.seen(), remembered);
      if (rest.isPresent() && source.isPresent()) {
        FileId id = FileId.of(rest.get());
        add(id, source.get(), entry.name(), rest.get(), entry.progress());
        saw(id, entry.seen());
        remembered.add(id);
      } else if (entry.progress().mark().offset() > 0) {
        log.atInfo()
            .addKeyValue("file", entry.name())
            .log("log file of the last run is gone or new");
      }
    }
  }

  private void saw(FileId id, Mark seen) {
    TailedFile file = open.get(id);
    if (file != null) {
      file.hasSeen(seen);
    }
  }

  private static Optional<LogSource> source(Path name, List<LogSource> sources) {
    return sources.stream()
        .filter(source -> source.paths().stream().anyMatch(glob -> new Finder(glob).matches(name)))
        .findFirst();
  }

  /// Notices what was rotated and what is new; true when anything changed.
  ///
  /// @param toTheEnd sources whose files are not to be read from the beginning just now
  boolean follow(Map<FileId, Found> found, Instant now, Set<LogSource> toTheEnd) {
    boolean changed = false;
    for (TailedFile file : all()) {
      file.setLeftover(!found.containsKey(file.id()));
      try {
        if (!file.look(now)) {
          takeRest(file);
          file.restart();
          changed = true;
        }
      } catch (IOException e) {
        trouble(file.name(), e);
      }
    }
    for (Map.Entry<FileId, Found> entry : found.entrySet()) {
      if (!open.containsKey(entry.getKey())) {
        try {
          changed |= begin(entry.getKey(), entry.getValue(), now, toTheEnd);
        } catch (IOException e) {
          trouble(entry.getValue().path(), e);
        }
      }
    }
    copies.keySet().retainAll(found.keySet());
    return changed;
  }

  /// The part of a truncated file that was not read yet is in its copy, if there is one.
  private void takeRest(TailedFile file) throws IOException {
    Optional<Path> copy = Siblings.continuing(file.name(), file.seen(), open.keySet());
    if (copy.isEmpty()) {
      // The copy was made a moment before what was seen last.
      copy = Siblings.continuing(file.name(), file.progress().mark(), open.keySet());
    }
    if (copy.isPresent()) {
      FileId id = FileId.of(copy.get());
      add(id, file.source(), file.name(), copy.get(), file.progress());
      saw(id, file.seen());
    }
    log.atInfo()
        .addKeyValue("file", file.name())
        .addKeyValue("copy", copy.map(Path::toString).orElse("none"))
        .log("log file was truncated");
  }

  private boolean begin(FileId id, Found file, Instant now, Set<LogSource> toTheEnd)
      throws IOException {
    if (open.size() >= MOST) {
      trouble(file.path(), new IOException("already " + MOST + " files are followed"));
      return false;
    }
    if (Files.size(file.path()) == 0) {
      // Perhaps a copy that is just being made.
      return false;
    }
    if (isCopy(file.path())) {
      Instant since = copies.computeIfAbsent(id, _ -> now);
      if (since.plus(COPYING).isAfter(now)) {
        return false;
      }
    }
    add(id, file.source(), file.path(), file.path(), Progress.START);
    TailedFile begun = open.get(id);
    if (begun != null) {
      if (toTheEnd.contains(file.source())) {
        begun.skipToEnd();
      }
      begun.look(now);
    }
    return true;
  }

  private boolean isCopy(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      for (TailedFile file : open.values()) {
        if (!path.equals(file.name())
            && Siblings.isNamedAfter(path, file.name())
            && file.beginsWith(channel)) {
          return true;
        }
      }
    }
    return false;
  }

  private void add(FileId id, LogSource source, Path name, Path path, Progress progress)
      throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    // Rotated between finding and opening: the next poll finds it as it is then.
    if (!FileId.of(path).equals(id)) {
      channel.close();
      return;
    }
    open.put(id, new TailedFile(id, source, name, channel, progress));
    troubles.remove(path.toString());
  }

  /// Closes what was rotated away and read to its end; true when anything was.
  boolean retire(Instant now) {
    boolean changed = false;
    for (Iterator<TailedFile> files = open.values().iterator(); files.hasNext(); ) {
      TailedFile file = files.next();
      if (file.isLeftover() && file.isDrained(now)) {
        files.remove();
        close(file);
        changed = true;
      }
    }
    return changed;
  }

  /// Tells once that a file cannot be followed.
  void trouble(Path file, IOException e) {
    if (Files.exists(file) && troubles.add(file.toString())) {
      log.atWarn()
          .addKeyValue("file", file)
          .addKeyValue("cause", e.toString())
          .log("log file cannot be read");
    }
  }

  private static void close(TailedFile file) {
    try {
      file.close();
    } catch (IOException e) {
      log.atWarn().addKeyValue("file", file.name()).setCause(e).log("log file not closed");
    }
  }

  @Override
  public void close() {
    open.values().forEach(TailedFiles::close);
    open.clear();
  }
}
