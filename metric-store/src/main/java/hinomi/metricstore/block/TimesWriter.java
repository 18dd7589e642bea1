package hinomi.metricstore.block;

import hinomi.metricstore.disk.ByteSink;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds the chunks of a block that have the same times, so that those are written once. It knows
/// the columns by their packed bytes, and forgets all when it knows too many: then some are written
/// twice. One thread.
final class TimesWriter {
  private static final int MOST_BYTES = 16 << 20;
  private static final int COST = 100;
  private static final long MOST_PLAIN_BYTES = 32L << 20;

  private final Map<Ends, Plain> plain = new HashMap<>();
  private long plainBytes;
  private final Map<Column, Place.Times> known = new HashMap<>();
  private final ByteSink table = new ByteSink(Place.Times.ENTRY * 16);
  private int bytes;
  private int count;

  /// The count belongs to it: regular times pack into the same bytes however many they are.
  private record Column(int count, ByteBuffer bytes) {}

  private record Ends(int count, long first, long last) {}

  /// Times as they are, and the column that they became.
  @SuppressWarnings("ArrayRecordComponent") // never compared, never changed
  private record Plain(long[] times, Place.Times column) {}

  /// A column of these times, if it is among those that are remembered: to compare times is much
  /// less work than to pack them.
  Place.@Nullable Times find(long[] times, int from, int to) {
    Plain known = plain.get(new Ends(to - from, times[from], times[to - 1]));
    return known != null && Arrays.equals(known.times, 0, to - from, times, from, to)
        ? known.column
        : null;
  }

  /// Remembers times for [#find] as long as there is room.
  void remember(long[] times, int from, int to, Place.Times column) {
    plainBytes += 8L * (to - from) + COST;
    if (plainBytes <= MOST_PLAIN_BYTES) {
      long[] own = Arrays.copyOfRange(times, from, to);
      plain.putIfAbsent(new Ends(to - from, times[from], times[to - 1]), new Plain(own, column));
    }
  }

  /// A column of these bytes that was written before, if it is known.
  Place.@Nullable Times find(int samples, ByteSink column, int from, int length) {
    return known.get(new Column(samples, ByteBuffer.wrap(column.bytes(), from, length)));
  }

  /// Remembers a column that begins at an offset.
  ///
  /// @param column its bytes; empty where values bring their own times
  Place.Times add(Place.Times times, byte[] column) {
    Place.Times numbered =
        new Place.Times(
            count++,
            times.offset(),
            times.length(),
            times.count(),
            times.first(),
            times.last(),
            times.checksum());
    table.putLong(numbered.offset());
    table.putLong(numbered.first());
    table.putLong(numbered.last());
    table.putInt(numbered.length());
    table.putInt(numbered.count());
    table.putInt(numbered.checksum());
    if (column.length > 0) {
      bytes += column.length + COST;
      if (bytes > MOST_BYTES) {
        known.clear();
        bytes = column.length + COST;
      }
      known.put(new Column(times.count(), ByteBuffer.wrap(column)), numbered);
    }
    return numbered;
  }

  /// The table of all columns, by number.
  byte[] table() {
    return Arrays.copyOf(table.bytes(), table.size());
  }
}
