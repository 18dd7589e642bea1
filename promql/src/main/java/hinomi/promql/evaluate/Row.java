package hinomi.promql.evaluate;

import hinomi.model.Labels;
import hinomi.model.Sample;
import java.util.Arrays;

/// One element of an instant vector over all steps. Where it has no value stands [#ABSENT]; no
/// expression can yield that one, for selectors leave staleness markers out.
///
/// @param values one a step; whoever made the row lets go of them
@SuppressWarnings("ArrayRecordComponent") // a value of a hot path; never compared
public record Row(Labels labels, double[] values) {
  static final double ABSENT = Sample.STALE;

  public static boolean isAbsent(double value) {
    return Sample.isStale(value);
  }

  static boolean isPresent(double value) {
    return !Sample.isStale(value);
  }

  /// Values of a row that has none yet.
  static double[] absent(int count) {
    double[] values = new double[count];
    Arrays.fill(values, ABSENT);
    return values;
  }

  boolean isEmpty() {
    for (double value : values) {
      if (isPresent(value)) {
        return false;
      }
    }
    return true;
  }

  int present() {
    int present = 0;
    for (double value : values) {
      if (isPresent(value)) {
        present++;
      }
    }
    return present;
  }
}
