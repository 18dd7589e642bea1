package hinomi.logindexer.batch;

import hinomi.model.Labels;
import hinomi.model.LogRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// The lines that no segment holds yet. Two generations: one that grows and, while it is being
/// committed, the one before. A generation is cut by journal number: it holds all of every record
/// up to its last and nothing later, so that one number tells what a commit covers.
///
/// Not safe by itself: the owner's lock guards it, together with the set of segments, so that a
/// search sees each line in exactly one of the two.
public final class Pending {
  /// What a line costs in memory beside its text: record, string, slot.
  private static final int LINE_COST = 96;

  private final long span;
  private Generation growing = new Generation();
  private Generation frozen = new Generation();
  private long bytes;

  /// Lines by segment's start and stream.
  private static final class Generation {
    final NavigableMap<Long, Map<Labels, StreamLines>> segments = new TreeMap<>();
    Instant since = Instant.MAX;
    long sequence;
    long bytes;
  }

  /// @param span nanoseconds of a segment
  public Pending(long span) {
    this.span = span;
  }

  /// Takes one line of a journal record. Records come in the order of their numbers.
  public void add(long sequence, LogRecord line, Instant now) {
    long start = Math.floorDiv(line.timestamp(), span) * span;
    growing
        .segments
        .computeIfAbsent(start, _ -> new HashMap<>())
        .computeIfAbsent(line.stream(), _ -> new StreamLines())
        .add(line);
    growing.sequence = sequence;
    growing.since = growing.since.isAfter(now) ? now : growing.since;
    long cost = (long) line.line().length() + LINE_COST;
    growing.bytes += cost;
    bytes += cost;
  }

  /// About how much memory the lines take, both generations.
  public long bytes() {
    return bytes;
  }

  /// About how much the growing generation takes.
  public long growingBytes() {
    return growing.bytes;
  }

  /// When the oldest line of the growing generation arrived; far in the future for none.
  public Instant growingSince() {
    return growing.since;
  }

  /// Whether a generation waits to be committed.
  public boolean isFrozen() {
    return !frozen.segments.isEmpty();
  }

  /// Ends the growing generation and begins a new one. The one before must be committed.
  public void freeze() {
    if (isFrozen()) {
      throw new IllegalStateException("BUG: a generation is frozen already");
    }
    frozen = growing;
    growing = new Generation();
  }

  /// The last journal number of the frozen generation.
  public long frozenSequence() {
    return frozen.sequence;
  }

  /// The starts of the segments that the frozen generation has lines for.
  public List<Long> frozenStarts() {
    return List.copyOf(frozen.segments.keySet());
  }

  /// The frozen lines of one segment by stream; the lists do not change any more.
  public Map<Labels, List<LogRecord>> frozen(long start) {
    Map<Labels, List<LogRecord>> streams = new TreeMap<>();
    frozen
        .segments
        .getOrDefault(start, Map.of())
        .forEach((labels, lines) -> streams.put(labels, lines.view()));
    return streams;
  }

  /// Cuts lines into what becomes documents.
  public static List<Batch> batches(Map<Labels, List<LogRecord>> streams) {
    List<Batch> batches = new ArrayList<>();
    streams.forEach((labels, lines) -> batches.addAll(Batch.cut(labels, lines)));
    return batches;
  }

  /// Forgets the frozen lines of one segment: it holds them now, or time has passed them.
  public void forget(long start) {
    frozen.segments.remove(start);
    if (frozen.segments.isEmpty()) {
      bytes -= frozen.bytes;
      frozen.bytes = 0;
    }
  }

  /// The lines of each stream in segments that touch a range, older generation first. No list is
  /// empty; the lists stay as they are.
  ///
  /// @param from nanoseconds, inclusive; `to` exclusive
  public List<List<LogRecord>> lines(long from, long to) {
    List<List<LogRecord>> found = new ArrayList<>();
    for (Generation each : List.of(frozen, growing)) {
      each.segments.forEach((start, lines) -> {
        if (start < to && start + span > from) {
          lines.values().forEach(of -> found.add(of.view()));
        }
      });
    }
    return found;
  }
}
