package hinomi.oncall.rotation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A stretch of time.
///
/// @param from included
/// @param to excluded, not before `from`
public record Span(Instant from, Instant to) {
  public Span {
    if (to.isBefore(from)) {
      throw new IllegalArgumentException(to + " is before " + from);
    }
  }

  public boolean contains(Instant instant) {
    return !instant.isBefore(from) && instant.isBefore(to);
  }

  public boolean isEmpty() {
    return !from.isBefore(to);
  }

  public boolean overlaps(Span other) {
    return !isEmpty() && !other.isEmpty() && from.isBefore(other.to) && other.from.isBefore(to);
  }

  /// What both have; empty at the later beginning when that is nothing.
  public Span within(Span other) {
    Instant begin = from.isAfter(other.from) ? from : other.from;
    Instant end = to.isBefore(other.to) ? to : other.to;
    return new Span(begin, end.isBefore(begin) ? begin : end);
  }

  public Duration length() {
    return Duration.between(from, to);
  }

  /// The same time in as few spans as possible, in order.
  public static List<Span> joined(List<Span> spans) {
    List<Span> sorted =
        spans.stream()
            .filter(span -> !span.isEmpty())
            .sorted(Comparator.comparing(Span::from))
            .toList();
    List<Span> joined = new ArrayList<>();
    for (Span span : sorted) {
      if (!joined.isEmpty() && !span.from().isAfter(joined.getLast().to())) {
        Span last = joined.removeLast();
        joined.add(new Span(last.from(), last.to().isAfter(span.to()) ? last.to() : span.to()));
      } else {
        joined.add(span);
      }
    }
    return joined;
  }
}
