package hinomi.metricstore.dense;

import hinomi.model.Points;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// Unpacks what [DenseEncoder] packed. It keeps its tables and scratch arrays, so decoding
/// allocates nothing once they have grown. One thread at a time. Bytes that no encoder wrote give
/// [Damaged].
public final class DenseDecoder {
  /// The most samples of one column.
  public static final int MAX_SAMPLES = 1 << 14;

  static final int MAX_BYTES = MAX_SAMPLES * 32;
  static final int HAS_APART = 1 << 2;

  private final DenseInput in = new DenseInput();
  private final RunDecoder timeRun = new RunDecoder(in);
  private final RunDecoder run = new RunDecoder(in);
  private long[] times = {};
  private boolean regular;
  private int[] apart = new int[16];
  private double[] apartValues = new double[16];
  private int begin;
  private int end;

  /// Adds the samples between two times, both included, of a chunk that [DenseEncoder#encode]
  /// wrote.
  public void decode(Packed chunk, long from, long to, Points into) {
    load(chunk);
    try {
      int timesLength = in.takeCount(MAX_BYTES);
      int valuesBegin = in.position() + timesLength;
      takeTimes(chunk.count, from, to);
      in.moveTo(valuesBegin);
      takeValues(chunk.count, into);
    } catch (IndexOutOfBoundsException e) {
      throw new Damaged("packed samples point outside themselves", e);
    }
  }

  /// Where packed bytes lie.
  ///
  /// @param segment such as a mapped file
  /// @param count samples that were packed
  public record Packed(MemorySegment segment, long offset, int length, int count) {}

  /// Loads times alone and finds those between two times, both included, for [#decodeValues].
  public void decodeTimes(Packed column, long from, long to) {
    load(column);
    try {
      takeTimes(column.count, from, to);
    } catch (IndexOutOfBoundsException e) {
      throw new Damaged("packed times point outside themselves", e);
    }
  }

  /// Adds the samples whose times were found by the last [#decodeTimes], with values from here: any
  /// number of columns may follow one column of times.
  public void decodeValues(Packed column, Points into) {
    load(column);
    try {
      takeValues(column.count, into);
    } catch (IndexOutOfBoundsException e) {
      throw new Damaged("packed values point outside themselves", e);
    }
  }

  private void load(Packed packed) {
    if (packed.count < 1 || packed.count > MAX_SAMPLES) {
      throw new Damaged("a column of " + packed.count + " samples");
    }
    in.load(packed.segment, packed.offset, packed.length);
  }

  private void takeTimes(int count, long from, long to) {
    timeRun.open(count);
    regular = timeRun.isLine();
    if (!regular) {
      times = timeRun.read(0, count);
    }
    begin = firstAtOrAfter(from, count);
    end = to == Long.MAX_VALUE ? count : Math.max(begin, firstAtOrAfter(to + 1, count));
  }

  private long time(int i) {
    return regular ? timeRun.first() + i * timeRun.step() : times[i];
  }

  private int firstAtOrAfter(long time, int count) {
    int low = -1;
    int high = count;
    while (high - low > 1) {
      int between = (low + high) >>> 1;
      if (time(between) < time) {
        low = between;
      } else {
        high = between;
      }
    }
    return high;
  }

  private void takeValues(int count, Points into) {
    int found = end - begin;
    if (found == 0) {
      return;
    }
    int header = in.takeByte();
    Scale scale = Scale.checked(header & 3, in.takeZigzag());
    int apartCount = (header & HAS_APART) != 0 ? takeApart(count) : 0;
    into.reserve(found);
    putTimes(into.timestamps(), into.size());
    double[] values = into.values();
    if (apartCount > 0) {
      spread(count, apartCount, scale, values, into.size());
    } else {
      run.open(count);
      if (run.isLine() && run.step() == 0) {
        Arrays.fill(values, into.size(), into.size() + found, scale.value(run.first()));
      } else {
        scale.values(run.read(begin, end), begin, end, values, into.size());
      }
    }
    into.grow(found);
  }

  private void putTimes(long[] into, int at) {
    if (!regular) {
      System.arraycopy(times, begin, into, at, end - begin);
      return;
    }
    long first = time(begin);
    long step = timeRun.step();
    for (int i = 0; i < end - begin; i++) {
      into[at + i] = first + i * step;
    }
  }

  private int takeApart(int count) {
    int apartCount = in.takeCount(count);
    if (apart.length < apartCount) {
      apart = new int[Math.max(apartCount, apart.length * 2)];
      apartValues = new double[apart.length];
    }
    int place = 0;
    for (int i = 0; i < apartCount; i++) {
      int step = in.takeCount(count - 1 - place);
      if (i > 0 && step == 0) {
        throw new Damaged("a value stands twice");
      }
      place += step;
      apart[i] = place;
      apartValues[i] = Double.longBitsToDouble(in.takeLong());
    }
    return apartCount;
  }

  /// Puts the values that were set apart between the others.
  private void spread(int count, int apartCount, Scale scale, double[] values, int at) {
    int before = 0;
    while (before < apartCount && apart[before] < begin) {
      before++;
    }
    int behind = before;
    while (behind < apartCount && apart[behind] < end) {
      behind++;
    }
    long[] numbers = {};
    if (end - behind > begin - before) {
      run.open(count - apartCount);
      numbers = run.read(begin - before, end - behind);
    }
    int place = begin;
    for (int i = before; i <= behind; i++) {
      int stop = i < behind ? apart[i] : end;
      scale.values(numbers, place - i, stop - i, values, at + place - begin);
      if (i < behind) {
        values[at + stop - begin] = apartValues[i];
      }
      place = stop + 1;
    }
  }
}
