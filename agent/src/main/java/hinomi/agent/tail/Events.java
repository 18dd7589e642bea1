package hinomi.agent.tail;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Cuts bytes into events: lines, or several lines where one pattern tells the first. Pure.
///
/// A line without its end waits, unless the end of the file is final. A line longer than the limit
/// is cut there; the rest of it is passed over. NUL bytes at the beginning of a line go: a writer
/// that does not append leaves them after copy-and-truncate.
///
/// @param encoding of the text
/// @param start of an event; empty: every line is one
/// @param limit bytes of one event
record Events(Charset encoding, Optional<Pattern> start, int limit) {
  /// Lines taken from one piece: a batch of very short lines must not become a huge request.
  private static final int MOST = 10_000;

  /// One event.
  ///
  /// @param end bytes from the beginning of the piece to where the next one begins
  /// @param cut whether a part of it was left away
  /// @param damaged whether it held bytes that the encoding does not know
  record Event(String text, int end, boolean cut, boolean damaged) {}

  /// What a piece held.
  ///
  /// @param end bytes that are done with; the rest is to be read again with what follows
  /// @param skipping whether the piece ended inside a line that was cut already
  record Cut(List<Event> events, int end, boolean skipping) {
    /// Leaves the lines that may still grow for the next time.
    private Cut upToLastEvent(boolean over) {
      return over ? this : new Cut(events, events.isEmpty() ? 0 : events.getLast().end(), false);
    }
  }

  /// How the end of the piece is to be taken.
  enum End {
    /// More may follow at once.
    OPEN,
    /// Nothing followed for a while: the last event of several lines is over.
    IDLE,
    /// Nothing will follow: even a line without its end is over.
    FINAL
  }

  /// @param skipping whether the piece begins inside a line that was cut already
  Cut cut(byte[] piece, int length, boolean skipping, End end) {
    int at = 0;
    if (skipping) {
      int rest = lineEnd(piece, 0, length);
      if (rest < 0) {
        return new Cut(List.of(), length, end != End.FINAL);
      }
      at = rest + 1;
    }
    List<Event> lines = new ArrayList<>();
    boolean open = false;
    while (at < length && !open && lines.size() < MOST) {
      int newline = lineEnd(piece, at, length);
      int stop = newline < 0 ? length : newline;
      if (stop - at > limit) {
        open = newline < 0;
        lines.add(decode(piece, at, at + limit, open ? length : newline + 1, true));
        at = open ? length : newline + 1;
      } else if (newline >= 0 || end == End.FINAL) {
        int next = newline < 0 ? length : newline + 1;
        lines.add(decode(piece, at, stop, next, false));
        at = next;
      } else {
        break;
      }
    }
    boolean stillSkipping = open && end != End.FINAL;
    if (start.isEmpty()) {
      return new Cut(lines, at, stillSkipping);
    }
    boolean over = (end != End.OPEN && lines.size() < MOST) || stillSkipping;
    return new Cut(join(lines, start.get(), over), at, stillSkipping).upToLastEvent(over);
  }

  /// Joins lines to events. The last one may still grow, unless this is its end.
  private List<Event> join(List<Event> lines, Pattern first, boolean over) {
    List<Event> events = new ArrayList<>();
    List<Event> group = new ArrayList<>();
    int begin = 0;
    for (Event line : lines) {
      boolean full = line.end() - begin > limit;
      if (!group.isEmpty() && (full || first.matcher(line.text()).find())) {
        events.add(joined(group));
        begin = group.getLast().end();
        group.clear();
      }
      group.add(line);
    }
    if (!group.isEmpty() && (over || (events.isEmpty() && group.size() >= MOST))) {
      events.add(joined(group));
    }
    return events;
  }

  private static Event joined(List<Event> lines) {
    if (lines.size() == 1) {
      return lines.getFirst();
    }
    StringBuilder text = new StringBuilder();
    boolean cut = false;
    boolean damaged = false;
    for (Event line : lines) {
      text.append(text.isEmpty() ? "" : "\n").append(line.text());
      cut |= line.cut();
      damaged |= line.damaged();
    }
    return new Event(text.toString(), lines.getLast().end(), cut, damaged);
  }

  private static int lineEnd(byte[] piece, int from, int length) {
    for (int i = from; i < length; i++) {
      if (piece[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private Event decode(byte[] piece, int from, int to, int next, boolean cut) {
    int begin = from;
    int stop = to;
    while (begin < stop && piece[begin] == 0) {
      begin++;
    }
    if (stop > begin && piece[stop - 1] == '\r') {
      stop--;
    }
    ByteBuffer bytes = ByteBuffer.wrap(piece, begin, stop - begin);
    try {
      CharBuffer text = encoding.newDecoder().decode(bytes.duplicate());
      return new Event(text.toString(), next, cut, false);
    } catch (CharacterCodingException _) {
      return new Event(replaced(bytes), next, cut, !cut || !cleanBefore(bytes));
    }
  }

  /// Where a line was cut, half a character may stand at its end: that is not the writer's damage.
  private boolean cleanBefore(ByteBuffer bytes) {
    int most = (int) Math.ceil(encoding.newEncoder().maxBytesPerChar());
    for (int less = 1; less <= Math.min(most, bytes.remaining()); less++) {
      try {
        CharBuffer _ = encoding.newDecoder().decode(bytes.duplicate().limit(bytes.limit() - less));
        return true;
      } catch (CharacterCodingException _) {
        // One byte less, then.
      }
    }
    return false;
  }

  private String replaced(ByteBuffer bytes) {
    try {
      return encoding
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE)
          .decode(bytes.duplicate())
          .toString();
    } catch (CharacterCodingException e) {
      throw new IllegalStateException("BUG: a decoder that replaces has failed", e);
    }
  }
}
