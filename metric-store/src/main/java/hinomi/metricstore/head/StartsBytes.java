package hinomi.metricstore.head;

import hinomi.metricstore.chunk.Starts;
import hinomi.metricstore.disk.ByteSink;
import hinomi.metricstore.disk.ByteSource;

/// Start timestamps of one series as plain bytes, for the snapshot. Stateless.
///
/// ```
/// changes varint, ( time zigzag │ start zigzag )…   differences from the change before, the first from 0
/// ```
final class StartsBytes {
  private StartsBytes() {}

  static void put(ByteSink sink, Starts starts) {
    sink.putVarint(starts.count());
    long time = 0;
    long start = 0;
    for (int i = 0; i < starts.count(); i++) {
      sink.putZigzag(starts.time(i) - time);
      sink.putZigzag(starts.start(i) - start);
      time = starts.time(i);
      start = starts.start(i);
    }
  }

  static Starts take(ByteSource source) {
    long[] times = new long[source.takeCount()];
    long[] starts = new long[times.length];
    long time = 0;
    long start = 0;
    for (int i = 0; i < times.length; i++) {
      time += source.takeZigzag();
      start += source.takeZigzag();
      times[i] = time;
      starts[i] = start;
    }
    return Starts.of(times, starts);
  }
}
