package hinomi.alertengine.storm;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// How often something has happened of late, counted in slices of a twentieth of the time. A slice
/// counts for as long as any of it may matter: there is never more in a window than is counted.
record Window(List<Slice> slices) {
  static final Window EMPTY = new Window(List.of());
  private static final int SLICES = 20;

  /// @param from its beginning
  /// @param count of what happened in it
  record Slice(Instant from, int count) {}

  Window {
    slices = List.copyOf(slices);
  }

  private static Duration width(Duration within) {
    return within.dividedBy(SLICES);
  }

  /// It has happened once more.
  Window with(Instant now, Duration within) {
    List<Slice> kept = new ArrayList<>(left(now, within).slices());
    Slice last = kept.isEmpty() ? null : kept.getLast();
    if (last != null && now.isBefore(last.from().plus(width(within)))) {
      kept.set(kept.size() - 1, new Slice(last.from(), last.count() + 1));
    } else {
      kept.add(new Slice(now, 1));
    }
    return new Window(kept);
  }

  Window left(Instant now, Duration within) {
    return new Window(slices.stream().filter(slice -> leaves(slice, within).isAfter(now)).toList());
  }

  private static Instant leaves(Slice slice, Duration within) {
    return slice.from().plus(width(within)).plus(within);
  }

  int count(Instant now, Duration within) {
    return left(now, within).slices().stream().mapToInt(Slice::count).sum();
  }

  /// When it will not have happened more often than so, if it does not happen again.
  Instant atMost(int most, Duration within) {
    int count = slices.stream().mapToInt(Slice::count).sum();
    Instant at = Instant.EPOCH;
    for (Slice slice : slices) {
      if (count <= most) {
        return at;
      }
      count -= slice.count();
      at = leaves(slice, within);
    }
    return at;
  }
}
