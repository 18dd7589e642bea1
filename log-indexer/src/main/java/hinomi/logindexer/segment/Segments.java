package hinomi.logindexer.segment;

import hinomi.disk.Durably;
import hinomi.logindexer.batch.Pending;
import hinomi.logindexer.journal.Directories;
import hinomi.model.Labels;
import hinomi.model.LogRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.Lock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All segments: one folder each under `segments/`. Writing, expiry and closing are for one thread
/// at a time; what searches see changes only under the owner's lock, which [#views] is called
/// under.
public final class Segments {
  private static final Logger log = LoggerFactory.getLogger(Segments.class);
  private static final String UNREADABLE = ".unreadable";

  private final Path folder;
  private final long length;
  private final Lock visible;
  private final NavigableMap<Span, Segment> all = new TreeMap<>();

  private Segments(Path folder, long length, Lock visible) {
    this.folder = folder;
    this.length = length;
    this.visible = visible;
  }

  /// Opens all segments. One that cannot be read is set aside under another name and told: the
  /// others serve on.
  ///
  /// @param length nanoseconds that a new segment covers; whole hours
  /// @param visible guards what searches see
  public static Segments open(Path folder, long length, Lock visible) throws IOException {
    Durably.createFolder(folder);
    Segments segments = new Segments(folder, length, visible);
    for (Path each : Directories.list(folder)) {
      String name = String.valueOf(each.getFileName());
      if (name.endsWith(Directories.DOOMED)) {
        Directories.delete(each);
      }
      Optional<Span> span = Span.parse(name);
      if (span.isPresent()) {
        segments.open(span.get(), each);
      }
    }
    return segments;
  }

  private void open(Span span, Path each) throws IOException {
    try {
      all.put(span, Segment.open(each, span));
    } catch (IOException | IllegalArgumentException e) {
      Path aside = each.resolveSibling(each.getFileName() + UNREADABLE);
      Files.move(each, aside);
      Durably.syncFolder(folder);
      log.atError()
          .addKeyValue("segment", each)
          .addKeyValue("aside", aside)
          .setCause(e)
          .log("log segment unreadable, set aside");
    }
  }

  /// The highest journal number that any segment knows.
  public long lastSequence() {
    return all.values().stream().mapToLong(Segment::sequence).max().orElse(0);
  }

  /// Whether the segment of a line holds all its lines of a journal record.
  public boolean holds(long sequence, long timestamp) {
    Segment segment = all.get(new Span(Math.floorDiv(timestamp, length) * length, length));
    return segment != null && segment.sequence() >= sequence;
  }

  /// Writes a generation's lines of one segment and syncs them; then, in one step for searches,
  /// shows them here and runs `forget`, which drops them there.
  public void commit(long start, Map<Labels, List<LogRecord>> lines, long sequence, Runnable forget)
      throws IOException {
    Span span = new Span(start, length);
    Segment segment = all.get(span);
    if (segment == null) {
      segment = Segment.open(folder.resolve(span.name()), span);
      add(span, segment);
    }
    Segment.Committed committed = segment.commit(Pending.batches(lines), sequence);
    visible.lock();
    try {
      segment.publish(committed);
      forget.run();
    } finally {
      visible.unlock();
    }
  }

  private void add(Span span, Segment segment) {
    visible.lock();
    try {
      all.put(span, segment);
    } finally {
      visible.unlock();
    }
  }

  /// Views of the segments that touch a range; the caller closes them and holds the lock.
  ///
  /// @param from nanoseconds, inclusive; `to` exclusive
  public List<SegmentView> views(long from, long to) {
    List<SegmentView> views = new ArrayList<>();
    all.forEach((span, segment) -> {
      if (span.start() < to && span.end() > from) {
        segment.view().ifPresent(views::add);
      }
    });
    return views;
  }

  /// Deletes the segments that end before a time.
  ///
  /// @param before nanoseconds since the epoch
  /// @return how many
  public int expire(long before) throws IOException {
    int expired = 0;
    for (Map.Entry<Span, Segment> each : List.copyOf(all.entrySet())) {
      if (each.getKey().end() > before) {
        continue;
      }
      Segment old = each.getValue();
      remove(each.getKey());
      old.close();
      Directories.delete(old.folder());
      log.atInfo().addKeyValue("segment", old.folder()).log("log segment expired, deleted");
      expired++;
    }
    return expired;
  }

  private void remove(Span span) {
    visible.lock();
    try {
      all.remove(span);
    } finally {
      visible.unlock();
    }
  }

  /// Frees what writing needs in segments that cover no time from `now` on.
  ///
  /// @param now nanoseconds since the epoch
  public void rest(long now) throws IOException {
    for (Map.Entry<Span, Segment> each : all.headMap(new Span(now - length, 0)).entrySet()) {
      each.getValue().rest();
    }
  }

  public int size() {
    return all.size();
  }

  public void close() throws IOException {
    for (Segment each : all.values()) {
      each.close();
    }
    all.clear();
  }
}
