package hinomi.metricstore.dense;

import hinomi.model.Points;
import java.lang.foreign.MemorySegment;

/// Unpacks what [DenseEncoder] packed. It keeps its tables and scratch arrays, so decoding
/// allocates nothing once they have grown. One thread at a time. Bytes that no encoder wrote give
/// [Damaged].
public final class DenseDecoder {
  /// The most samples of one column.
  public static final int MAX_SAMPLES = 1 << 14;

  private final DenseInput in = new DenseInput();
  private final TimeDecoder times = new TimeDecoder(in);
  private final ValueDecoder values = new ValueDecoder(in);

  /// Where packed bytes lie.
  ///
  /// @param segment such as a mapped file
  /// @param count samples that were packed, 1…[DenseDecoder#MAX_SAMPLES]
  public record Packed(MemorySegment segment, long offset, int length, int count) {}

  /// Adds the samples between two times, both included, of a chunk that [DenseEncoder#encode]
  /// wrote.
  public void decode(Packed chunk, long from, long to, Points into) {
    in.load(chunk);
    try {
      int valuesBegin = in.takeEnd();
      times.open(chunk.count, from, to);
      in.moveTo(valuesBegin);
      takeValues(chunk.count, into);
    } catch (IndexOutOfBoundsException e) {
      throw new Damaged("packed samples point outside themselves", e);
    }
  }

  /// Loads times alone and finds those between two times, both included, for [#decodeValues].
  public void decodeTimes(Packed column, long from, long to) {
    in.load(column);
    try {
      times.open(column.count, from, to);
    } catch (IndexOutOfBoundsException e) {
      throw new Damaged("packed times point outside themselves", e);
    }
  }

  /// Adds the samples whose times were found by the last [#decodeTimes], with values from here: any
  /// number of columns may follow one column of times.
  public void decodeValues(Packed column, Points into) {
    in.load(column);
    try {
      takeValues(column.count, into);
    } catch (IndexOutOfBoundsException e) {
      throw new Damaged("packed values point outside themselves", e);
    }
  }

  private void takeValues(int count, Points into) {
    int found = times.end() - times.begin();
    if (times.end() > count) {
      throw new Damaged("fewer values than times");
    }
    if (found > 0) {
      into.reserve(found);
      times.put(into.timestamps(), into.size());
      values.decode(count, times.begin(), times.end(), into.values(), into.size());
      into.grow(found);
    }
  }
}
