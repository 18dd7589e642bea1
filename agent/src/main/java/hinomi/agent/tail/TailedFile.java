package hinomi.agent.tail;

import hinomi.model.Labels;
import hinomi.model.LogRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One open file that is read from its [Progress] on. Reading changes nothing: what a [Piece] says
/// becomes true when [#commit] is called, after the lines were taken. One thread.
final class TailedFile implements AutoCloseable {
  static final int EVENT_LIMIT = 256 << 10;

  /// Four times an event, so that the largest event and what follows it fit.
  private static final int PIECE = 4 * EVENT_LIMIT;

  /// How long an event of several lines is waited for.
  private static final Duration IDLE = Duration.ofSeconds(3);

  /// How long a file that was rotated away may still grow.
  private static final Duration LINGER = Duration.ofSeconds(10);

  private final FileId id;
  private final LogSource source;
  private final Path name;
  private final Labels stream;
  private final FileChannel channel;
  private final Events events;
  private Progress progress;
  private Mark seen = Mark.START;
  private boolean leftover;
  private long lastSize = -1;
  private Instant lastGrowth = Instant.EPOCH;

  /// @param name under which the file was first seen: the label `filename`
  TailedFile(FileId id, LogSource source, Path name, FileChannel channel, Progress progress) {
    this.id = id;
    this.source = source;
    this.name = name;
    this.stream = source.labels().with("filename", name.toString());
    this.channel = channel;
    this.events = new Events(source.encoding(), source.eventStart(), EVENT_LIMIT);
    this.progress = progress;
  }

  /// What was read of a file, and is remembered over restarts.
  ///
  /// @param skipping whether the offset lies in a line that was cut already
  /// @param lastTime nanoseconds of the last line
  /// @param stamped whether the file's lines carry times of their own
  record Progress(Mark mark, boolean skipping, long lastTime, boolean stamped) {
    static final Progress START = new Progress(Mark.START, false, 0, false);
  }

  /// What was read just now.
  ///
  /// @param next the progress when these lines have been taken
  record Piece(List<LogRecord> lines, int bytes, Progress next) {}

  FileId id() {
    return id;
  }

  LogSource source() {
    return source;
  }

  Path name() {
    return name;
  }

  Progress progress() {
    return progress;
  }

  /// Whether the file was rotated away and is only read to its end.
  boolean isLeftover() {
    return leftover;
  }

  void setLeftover(boolean rotated) {
    leftover = rotated;
  }

  /// How much of the file was there when it was looked at last, read or not: by this its copy is
  /// known when it is truncated.
  Mark seen() {
    return seen.offset() > progress.mark().offset() ? seen : progress.mark();
  }

  /// Takes up what an earlier run has seen.
  void hasSeen(Mark mark) {
    seen = mark;
  }

  /// Looks at the file's size. False: it is not the file any more that was seen so far; it was
  /// truncated, and perhaps written again.
  boolean look(Instant now) throws IOException {
    long size = channel.size();
    if (size == lastSize) {
      return true;
    }
    boolean same = seen().holds(channel);
    lastSize = size;
    lastGrowth = now;
    if (same) {
      seen = Mark.at(channel, size);
    }
    return same;
  }

  /// Begins again: the content is another.
  void restart() throws IOException {
    progress = new Progress(Mark.START, false, progress.lastTime(), progress.stamped());
    seen = Mark.at(channel, channel.size());
  }

  /// Whether a file is, up to its end, a copy of this one.
  boolean beginsWith(FileChannel other) throws IOException {
    return Mark.at(other, other.size()).holds(channel);
  }

  /// Leaves out what is there already; the line that is just being written goes with it.
  void skipToEnd() throws IOException {
    long size = channel.size();
    ByteBuffer last = ByteBuffer.allocate(1);
    boolean inLine = size > 0 && channel.read(last, size - 1) == 1 && last.get(0) != '\n';
    progress = new Progress(Mark.at(channel, size), inLine, 0, false);
  }

  long unread() {
    return Math.max(0, lastSize - progress.mark().offset());
  }

  boolean isDrained(Instant now) {
    return lastSize <= progress.mark().offset() && !lastGrowth.plus(LINGER).isAfter(now);
  }

  /// The next lines, or empty when there are none.
  Optional<Piece> read(Instant now, ZoneId zone) throws IOException {
    long offset = progress.mark().offset();
    long size = channel.size();
    if (size <= offset) {
      return Optional.empty();
    }
    byte[] bytes = new byte[(int) Math.min(PIECE, size - offset)];
    int length = fill(bytes, offset);
    boolean toTheEnd = offset + length >= size;
    Events.Cut cut = events.cut(bytes, length, progress.skipping(), end(toTheEnd, now));
    if (cut.end() == 0) {
      return Optional.empty();
    }
    List<LogRecord> lines = new ArrayList<>();
    long lastTime = progress.lastTime();
    boolean stamped = progress.stamped();
    for (Events.Event event : cut.events()) {
      Optional<Instant> own = LineTime.of(event.text(), now, zone);
      stamped |= own.isPresent();
      // A line without a time among lines that have one (a stack trace) belongs to the one before.
      boolean inherits = own.isEmpty() && stamped && lastTime > 0;
      long given = inherits ? lastTime : nanos(own.orElse(now));
      lastTime = Math.max(given, lastTime + 1);
      lines.add(new LogRecord(stream, lastTime, event.text(), flags(event)));
    }
    Mark mark = Mark.at(channel, offset + cut.end());
    return Optional.of(
        new Piece(lines, cut.end(), new Progress(mark, cut.skipping(), lastTime, stamped)));
  }

  private Events.End end(boolean toTheEnd, Instant now) {
    if (!toTheEnd) {
      return Events.End.OPEN;
    }
    if (leftover && !lastGrowth.plus(LINGER).isAfter(now)) {
      return Events.End.FINAL;
    }
    return lastGrowth.plus(IDLE).isAfter(now) ? Events.End.OPEN : Events.End.IDLE;
  }

  private int fill(byte[] bytes, long offset) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position()) >= 0) {
      // Until the piece is full, or the file was truncated meanwhile.
    }
    return buffer.position();
  }

  private static Labels flags(Events.Event event) {
    if (!event.cut() && !event.damaged()) {
      return Labels.EMPTY;
    }
    return Labels.of(
        "truncated", event.cut() ? "true" : "", "invalid_encoding", event.damaged() ? "true" : "");
  }

  private static long nanos(Instant time) {
    return time.getEpochSecond() * 1_000_000_000L + time.getNano();
  }

  void commit(Piece piece) {
    progress = piece.next();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
