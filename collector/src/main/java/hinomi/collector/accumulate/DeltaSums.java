package hinomi.collector.accumulate;

import hinomi.model.Labels;
import hinomi.model.Time;
import hinomi.wire.OtlpDeltas;
import hinomi.wire.OtlpTotal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Adds up deltas, series by series (OTel metrics data model, "Sums: Delta-to-Cumulative"). A point
/// that begins where the last one ended continues it; one that begins later, after a gap or a
/// restart, begins anew; one that begins earlier counts something twice and is refused. The very
/// last point again gives the same total again, for senders repeat what was not acknowledged.
///
/// Nothing of it outlives a restart: totals begin anew then, which queries take for the reset of a
/// counter. The number of series is limited; one that is silent for [#IDLE] is forgotten, and when
/// there is no room new ones are refused. Any thread.
public final class DeltaSums implements OtlpDeltas {
  static final Duration IDLE = Duration.ofHours(1);

  /// How often a full table is searched for idle series.
  private static final Duration SWEEP = Duration.ofMinutes(1);

  private final int maxSeries;
  private final Time time;
  private final Map<Labels, State> states = new ConcurrentHashMap<>();
  private final AtomicInteger size = new AtomicInteger();
  private volatile long nextSweep;

  /// @param start of the last point, nanoseconds since the epoch
  /// @param end of the last point, likewise
  /// @param since when the count began, likewise; 0 when that is not known
  /// @param seen milliseconds since the epoch, by our clock
  private record State(long start, long end, long since, OtlpTotal total, long seen) {}

  public DeltaSums(int maxSeries, Time time) {
    this.maxSeries = maxSeries;
    this.time = time;
  }

  /// How many series are remembered.
  public int size() {
    return size.get();
  }

  @Override
  public Answer add(Labels series, long start, long end, OtlpTotal delta) {
    long now = time.now().toEpochMilli();
    sweep(now);
    Answer[] answer = new Answer[1];
    State _ =
        states.compute(
            series,
            (_, state) -> {
              State next = next(state, start, end, delta, now);
              if (next == null) {
                answer[0] = state == null ? full() : outOfOrder(series);
                return state;
              }
              answer[0] = new Answer.Counted(next.total, next.since);
              return next;
            });
    return answer[0];
  }

  /// Null when the point cannot be taken.
  private @Nullable State next(
      @Nullable State state, long start, long end, OtlpTotal delta, long now) {
    if (state == null) {
      if (size.incrementAndGet() > maxSeries) {
        size.decrementAndGet();
        return null;
      }
      return new State(start, end, start, delta, now);
    }
    if (state.start == start && state.end == end) {
      return state;
    }
    if (Long.compareUnsigned(end, state.end) <= 0
        || (start != 0 && Long.compareUnsigned(start, state.end) < 0)) {
      return null;
    }
    boolean continues = start == 0 || start == state.end;
    return (continues ? state.total.plus(delta) : Optional.<OtlpTotal>empty())
        .map(total -> new State(start, end, state.since, total, now))
        .orElse(new State(start, end, start, delta, now));
  }

  private Answer full() {
    return new Answer.Refused(
        "delta_series_limit", "more than " + maxSeries + " series of delta temporality");
  }

  private static Answer outOfOrder(Labels series) {
    return new Answer.Refused(
        "delta_out_of_order", "a delta of " + series + " overlaps what was counted before");
  }

  private void sweep(long now) {
    if (size.get() < maxSeries || now < nextSweep) {
      return;
    }
    nextSweep = now + SWEEP.toMillis();
    states
        .values()
        .removeIf(state -> {
          boolean idle = now - state.seen > IDLE.toMillis();
          if (idle) {
            size.decrementAndGet();
          }
          return idle;
        });
  }
}
