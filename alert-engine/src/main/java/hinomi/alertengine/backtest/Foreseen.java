package hinomi.alertengine.backtest;

import hinomi.alertengine.evaluate.Slots;
import hinomi.model.Failure;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One expression at the slots of one interval, known a stretch ahead. As long as nobody writes
/// what it reads, what was asked ahead stays true: an answer depends on nothing later than its
/// time. After a write it has to be asked time by time, until there has been calm for a while.
///
/// One thread.
final class Foreseen {
  private static final int CALM = 40; // slots

  /// Asked this often at neighbouring slots, an expression is worth asking ahead.
  private static final int WORTHWHILE = 3;

  private final String expression;
  private final Slots slots;
  private final RangeQueries queries;
  private final OwnSeries.Touches touches;
  private final long end;
  private @Nullable Block block;
  private @Nullable Block before; // of two replays, one is a little behind
  private long failedUntil = Long.MIN_VALUE;
  private final Length length = new Length();
  private long touched;
  private int calm = CALM;
  private int asked;

  /// @param end nothing later is asked, milliseconds since the epoch
  Foreseen(
      String expression,
      Slots slots,
      RangeQueries queries,
      OwnSeries.Touches touches,
      Instant end) {
    this.expression = expression;
    this.slots = slots;
    this.queries = queries;
    this.touches = touches;
    this.end = end.toEpochMilli();
    this.touched = touches.count();
  }

  boolean isAt(long millis) {
    return slots.has(millis);
  }

  /// The stretch that a time lies in; empty when it has to be asked alone.
  Optional<Block> at(long millis) {
    if (millis > end || ++asked < WORTHWHILE || isDisturbed()) {
      return Optional.empty();
    }
    if (block != null && block.has(millis)) {
      return Optional.of(block);
    }
    if (before != null && before.has(millis)) {
      return Optional.of(before);
    }
    return millis <= failedUntil ? Optional.empty() : load(millis);
  }

  private boolean isDisturbed() {
    long now = touches.count();
    if (now != touched) {
      touched = now;
      calm = 0;
      block = null;
      before = null;
    }
    return calm < CALM && calm++ < CALM;
  }

  private Optional<Block> load(long from) {
    int count = (int) Math.min(length.slots(), (end - from) / slots.length() + 1);
    long to = from + (count - 1) * slots.length();
    try {
      Block next =
          Block.of(
              queries.rows(
                  expression, Instant.ofEpochMilli(from), Instant.ofEpochMilli(to), slots.length()),
              from,
              slots.length(),
              count);
      before = block;
      block = next;
      length.answered(next.size());
      return Optional.of(next);
    } catch (Failure e) {
      if (length.failed(count)) {
        return load(from);
      }
      failedUntil = to; // one by one
      return Optional.empty();
    }
  }
}
