package hinomi.metricstore.dense;

import hinomi.model.Histogram;
import hinomi.model.Histogram.Buckets;
import hinomi.model.Histogram.Reset;
import hinomi.model.Points;

/// Unpacks what [HistogramEncoder] packed. Made to be used again; one thread at a time. Bytes that
/// no encoder wrote give [Damaged].
public final class HistogramDecoder {
  private final DenseInput in = new DenseInput();
  private final TimeDecoder unpacker = new TimeDecoder(in);
  private final TimeColumn times = new TimeColumn();
  private final ValueDecoder values = new ValueDecoder(in);
  private int begin;
  private int end;

  /// Adds the histograms between two times, both included.
  public void decode(DenseDecoder.Packed chunk, long from, long to, Points into) {
    in.load(chunk);
    try {
      int stretch = in.takeEnd();
      unpacker.unpack(chunk.count(), from, to, times);
      in.moveTo(stretch);
      long counts = 0;
      for (int first = 0; first < times.end(); ) {
        int samples = in.takeCount(chunk.count() - first);
        counts += takeStretch(first, samples, into);
        if (samples == 0 || (counts > HistogramEncoder.MAX_COUNTS && chunk.count() > 1)) {
          throw new Damaged("a stretch of " + samples + " histograms");
        }
        first += samples;
      }
    } catch (IndexOutOfBoundsException e) {
      throw new Damaged("packed histograms point outside themselves", e);
    }
  }

  /// The layout of a stretch's histograms.
  @SuppressWarnings("ArrayRecordComponent")
  private record Shape(
      int schema,
      double zeroThreshold,
      int[] positive,
      int positiveCount,
      int[] negative,
      int negativeCount,
      double[] bounds) {}

  /// Takes so many histograms, the first of which has this index in the chunk; returns how many
  /// counts they have.
  private long takeStretch(int first, int samples, Points into) {
    Shape shape = takeShape();
    long all = (long) samples * (shape.positiveCount + shape.negativeCount);
    if (all > HistogramEncoder.MAX_COUNTS && samples > 1) {
      throw new Damaged(all + " counts of buckets");
    }
    begin = Math.max(times.begin() - first, 0);
    end = Math.min(times.end() - first, samples);
    double[] resets = takeColumn(samples);
    double[] zeroCounts = takeColumn(samples);
    double[] counts = takeColumn(samples);
    double[] sums = takeColumn(samples);
    double[][] positive = takeCounts(samples, shape.positiveCount);
    double[][] negative = takeCounts(samples, shape.negativeCount);
    for (int i = 0; i < end - begin; i++) {
      into.add(
          times.time(first + begin + i),
          new Histogram(
              reset(resets[i]),
              shape.schema,
              shape.zeroThreshold,
              zeroCounts[i],
              counts[i],
              sums[i],
              new Buckets(shape.positive, positive[i]),
              new Buckets(shape.negative, negative[i]),
              shape.bounds));
    }
    return all;
  }

  private Shape takeShape() {
    int schema = (int) in.takeZigzag();
    double zeroThreshold = Double.longBitsToDouble(in.takeLong());
    int[] positive = takeSpans();
    int positiveCount = in.takeCount(in.left());
    int[] negative = takeSpans();
    int negativeCount = in.takeCount(in.left());
    double[] bounds = new double[in.takeCount(in.left() / 8)];
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = Double.longBitsToDouble(in.takeLong());
    }
    return new Shape(
        schema, zeroThreshold, positive, positiveCount, negative, negativeCount, bounds);
  }

  private int[] takeSpans() {
    int[] spans = new int[in.takeCount(in.left())];
    for (int i = 0; i < spans.length; i++) {
      spans[i] = (int) in.takeZigzag();
    }
    return spans;
  }

  /// The wanted part of a column.
  private double[] takeColumn(int samples) {
    int next = in.takeEnd();
    double[] column = new double[Math.max(0, end - begin)];
    if (column.length > 0) {
      values.decode(samples, begin, end, column, 0);
    }
    in.moveTo(next);
    return column;
  }

  /// The wanted counts, one array for each histogram.
  private double[][] takeCounts(int samples, int buckets) {
    double[][] counts = new double[Math.max(0, end - begin)][buckets];
    for (int bucket = 0; bucket < buckets; bucket++) {
      double[] column = takeColumn(samples);
      for (int i = 0; i < column.length; i++) {
        counts[i][bucket] = column[i];
      }
    }
    return counts;
  }

  private static Reset reset(double code) {
    return switch ((int) code) {
      case 0 -> Reset.UNKNOWN;
      case 1 -> Reset.RESET;
      case 2 -> Reset.NOT_RESET;
      case 3 -> Reset.GAUGE;
      default -> throw new Damaged("a histogram's reset is " + code);
    };
  }
}
