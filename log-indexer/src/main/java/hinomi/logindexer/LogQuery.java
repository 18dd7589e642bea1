package hinomi.logindexer;

import hinomi.model.BadInput;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import java.util.List;

/// Which lines are wanted.
///
/// @param matchers conditions on the labels of the stream, all of which must hold
/// @param lines conditions on the text, all of which must hold
/// @param fields conditions on the stream's labels and the line's metadata together; metadata comes
///   first
/// @param from nanoseconds since the epoch, inclusive
/// @param to nanoseconds since the epoch, exclusive
/// @param limit how many lines at most, from 1; not looked at when lines are counted
/// @param direction which lines when there are more than the limit, and in which order they come
public record LogQuery(
    List<Matcher> matchers,
    List<LineFilter> lines,
    List<Matcher> fields,
    long from,
    long to,
    int limit,
    Direction direction) {

  /// From which end lines are taken and told.
  public enum Direction {
    /// Newest first.
    BACKWARD,
    /// Oldest first.
    FORWARD
  }

  public LogQuery {
    matchers = List.copyOf(matchers);
    lines = List.copyOf(lines);
    fields = List.copyOf(fields);
    if (limit < 1) {
      throw new BadInput("a limit must be 1 or more, got " + limit);
    }
  }

  /// All lines of the streams that match.
  public static LogQuery of(List<Matcher> matchers, long from, long to, int limit) {
    return new LogQuery(matchers, List.of(), List.of(), from, to, limit, Direction.BACKWARD);
  }

  /// The same lines of another time.
  public LogQuery between(long otherFrom, long otherTo) {
    return new LogQuery(matchers, lines, fields, otherFrom, otherTo, limit, direction);
  }

  /// Whether the labels of a line fit.
  public boolean fieldsMatch(Labels stream, Labels metadata) {
    for (Matcher each : fields) {
      String value = metadata.get(each.name());
      if (!each.matches(value.isEmpty() ? stream.get(each.name()) : value)) {
        return false;
      }
    }
    return true;
  }
}
