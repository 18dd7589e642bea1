package hinomi.logindexer.logql;

import hinomi.model.Labels;
import java.util.Map;

/// What an expression comes to, over all steps.
public sealed interface Value {
  /// The same number at each step.
  record Constant(double value) implements Value {}

  /// Series by their labels, in order.
  record Rows(Map<Labels, Row> rows) implements Value {}
}
