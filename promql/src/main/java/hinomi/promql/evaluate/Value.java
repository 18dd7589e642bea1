package hinomi.promql.evaluate;

import java.util.List;

/// What an expression yields over all steps of a grid.
public sealed interface Value {
  /// @param rows no two with the same labels
  record Vector(List<Row> rows) implements Value {
    public Vector {
      rows = List.copyOf(rows);
    }
  }

  /// @param values one a step, none absent
  @SuppressWarnings("ArrayRecordComponent") // a value of a hot path; never compared
  record Scalar(double[] values) implements Value {}

  record Text(String text) implements Value {}
}
