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
  private final TimeColumn own = new TimeColumn();

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
      times.unpack(chunk.count, from, to, own);
      in.moveTo(valuesBegin);
      takeValues(chunk.count, own, into);
    } catch (IndexOutOfBoundsException e) {
      throw new Damaged("packed samples point outside themselves", e);
    }
  }

  /// Unpacks times alone, those between two, both included, for [#decodeValues].
  public void decodeTimes(Packed column, long from, long to, TimeColumn into) {
    in.load(column);
    try {
      times.unpack(column.count, from, to, into);
    } catch (IndexOutOfBoundsException e) {
      throw new Damaged("packed times point outside themselves", e);
    }
  }

  /// Adds the samples that have these times, with values from here.
  public void decodeValues(Packed column, TimeColumn at, Points into) {
    in.load(column);
    try {
      takeValues(column.count, at, into);
    } catch (IndexOutOfBoundsException e) {
      throw new Damaged("packed values point outside themselves", e);
    }
  }

  private void takeValues(int count, TimeColumn at, Points into) {
    int found = at.end() - at.begin();
    if (at.end() > count) {
      throw new Damaged("fewer values than times");
    }
    if (found > 0) {
      into.reserve(found);
      at.put(into.timestamps(), into.size());
      values.decode(count, at.begin(), at.end(), into.values(), into.size());
      into.grow(found);
    }
  }
}
