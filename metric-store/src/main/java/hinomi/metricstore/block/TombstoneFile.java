package hinomi.metricstore.block;

import hinomi.metricstore.disk.ByteSink;
import hinomi.metricstore.disk.ByteSource;
import hinomi.metricstore.disk.Disk;
import hinomi.metricstore.disk.FrameReader;
import hinomi.metricstore.disk.Frames;
import hinomi.metricstore.disk.Volume;
import hinomi.model.Matcher;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The file `tombstones` beside the blocks: every deletion that some block still needs, one frame
/// each, always replaced as a whole. The layout is drawn in `docs/formats/metric-store.md`.
final class TombstoneFile {
  static final String NAME = "tombstones";

  private static final Logger log = LoggerFactory.getLogger(TombstoneFile.class);

  private TombstoneFile() {}

  /// What was found.
  ///
  /// @param damaged how many places of the file could not be read: those deletions are undone
  record Found(List<Tombstone> tombstones, int damaged) {}

  static Found read(Path folder) throws IOException {
    Path file = folder.resolve(NAME);
    if (!Files.exists(file)) {
      return new Found(List.of(), 0);
    }
    List<Tombstone> found = new ArrayList<>();
    int notUnderstood = 0;
    try (FrameReader frames = new FrameReader(file, 0)) {
      for (var frame = frames.next(); frame.isPresent(); frame = frames.next()) {
        try {
          found.add(tombstone(new ByteSource(frame.get().payload())));
        } catch (RuntimeException e) {
          // What passed its checksum and still cannot be read must not stop every start.
          log.atError().addKeyValue("file", file).setCause(e).log("tombstone not understood");
          notUnderstood++;
        }
      }
      return new Found(found, notUnderstood + frames.damages().size());
    }
  }

  private static Tombstone tombstone(ByteSource source) {
    long before = source.takeLong();
    long from = source.takeLong();
    long to = source.takeLong();
    List<Matcher> matchers = new ArrayList<>();
    while (source.hasMore()) {
      Matcher.Kind kind = kind(source.takeText());
      matchers.add(new Matcher(kind, source.takeText(), source.takeText()));
    }
    return new Tombstone(before, from, to, matchers);
  }

  private static Matcher.Kind kind(String sign) {
    for (Matcher.Kind kind : Matcher.Kind.values()) {
      if (kind.sign().equals(sign)) {
        return kind;
      }
    }
    throw new IllegalStateException("no operator: " + sign);
  }

  /// Replaces the file; durable when this returns.
  static void write(Volume volume, Path folder, List<Tombstone> tombstones) throws IOException {
    Frames frames = new Frames(256, 1);
    for (Tombstone tombstone : tombstones) {
      ByteSink sink = frames.begin();
      sink.putLong(tombstone.before());
      sink.putLong(tombstone.from());
      sink.putLong(tombstone.to());
      for (Matcher matcher : tombstone.matchers()) {
        sink.putText(matcher.kind().sign());
        sink.putText(matcher.name());
        sink.putText(matcher.value());
      }
      frames.end();
    }
    Path draft = folder.resolve(NAME + ".tmp");
    try (FileChannel channel = volume.create(draft)) {
      Disk.write(channel, frames.bytes(), frames.size());
      channel.force(true);
    }
    volume.rename(draft, folder.resolve(NAME));
  }
}
