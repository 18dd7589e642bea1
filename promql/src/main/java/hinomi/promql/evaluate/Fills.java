package hinomi.promql.evaluate;

import hinomi.model.Labels;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Elements that stand in for missing ones in a binary operation between vectors.
final class Fills {
  private Fills() {}

  /// One element for each signature, where none of that signature is there. It has the labels of
  /// the signature and no others.
  static Map<Labels, List<Row>> standIns(
      Set<Labels> signatures, Map<Labels, List<Row>> there, double value, int steps) {
    Map<Labels, List<Row>> standIns = new HashMap<>();
    for (Labels signature : signatures) {
      double[] values = new double[steps];
      Arrays.fill(values, value);
      for (Row row : there.getOrDefault(signature, List.of())) {
        for (int step = 0; step < steps; step++) {
          values[step] = row.has(step) ? Row.ABSENT : values[step];
        }
      }
      standIns.put(signature, List.of(new Row(signature, values)));
    }
    return standIns;
  }
}
