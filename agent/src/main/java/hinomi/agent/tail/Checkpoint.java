package hinomi.agent.tail;

import hinomi.disk.Durably;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Remembers how far files were read, over restarts and crashes: a text file that is replaced
/// whole. Its form is in `docs/formats/agent-checkpoint.md`.
final class Checkpoint {
  private static final Logger log = LoggerFactory.getLogger(Checkpoint.class);
  private static final String HEADER = "hinomi-agent-checkpoint 1";
  private static final int FIELDS = 11;

  private final Path file;

  /// One file that was read.
  ///
  /// @param seen what was there, read or not
  record Entry(FileId id, Path name, TailedFile.Progress progress, Mark seen) {}

  Checkpoint(Path file) {
    this.file = file;
  }

  boolean exists() {
    return Files.exists(file);
  }

  /// What was remembered; a line that cannot be read is told of and left out, so that its file is
  /// read from the beginning: twice is better than never.
  List<Entry> read() throws IOException {
    List<Entry> entries = new ArrayList<>();
    if (!exists()) {
      return entries;
    }
    List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
      try {
        entries.add(entry(line.split(" ")));
      } catch (IllegalArgumentException e) {
        log.atWarn()
            .addKeyValue("file", file)
            .addKeyValue("line", line)
            .log("checkpoint entry unreadable");
      }
    }
    return entries;
  }

  private static Entry entry(String[] fields) {
    if (fields.length != FIELDS) {
      throw new IllegalArgumentException("expected " + FIELDS + " fields");
    }
    TailedFile.Progress progress =
        new TailedFile.Progress(
            mark(fields, 0),
            fields[3].equals("skipping"),
            Long.parseLong(fields[4]),
            fields[5].equals("stamped"));
    FileId id = new FileId(decoded(fields[9]));
    return new Entry(id, Path.of(decoded(fields[10])), progress, mark(fields, 6));
  }

  private static Mark mark(String[] fields, int first) {
    return new Mark(
        Long.parseLong(fields[first]),
        Integer.parseUnsignedInt(fields[first + 1], 16),
        Integer.parseUnsignedInt(fields[first + 2], 16));
  }

  private static String text(Mark mark) {
    return mark.offset()
        + " "
        + Integer.toHexString(mark.head())
        + " "
        + Integer.toHexString(mark.tail());
  }

  void write(Collection<Entry> entries) throws IOException {
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    for (Entry entry : entries) {
      TailedFile.Progress progress = entry.progress();
      text.append(text(progress.mark()))
          .append(progress.skipping() ? " skipping " : " whole ")
          .append(progress.lastTime())
          .append(progress.stamped() ? " stamped " : " unstamped ")
          .append(text(entry.seen()))
          .append(' ')
          .append(encoded(entry.id().text()))
          .append(' ')
          .append(encoded(entry.name().toString()))
          .append('\n');
    }
    Durably.replace(file, text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
