package hinomi.promql.parse;

import java.util.List;

/// How the elements of two vectors find each other in a binary operation.
///
/// @param cardinality which side may have many elements for one of the other
/// @param on whether `labels` are those that must agree (`on`) or those that are left out
/// @param labels of `on` or `ignoring`
/// @param include labels copied from the one side (`group_left(…)`, `group_right(…)`)
/// @param fill what stands for missing elements
public record Matching(
    Cardinality cardinality, boolean on, List<String> labels, List<String> include, Fill fill) {
  /// Elements of the left for elements of the right.
  public enum Cardinality {
    ONE_TO_ONE,
    MANY_TO_ONE,
    ONE_TO_MANY,
    MANY_TO_MANY
  }

  public static final Matching DEFAULT =
      new Matching(Cardinality.ONE_TO_ONE, false, List.of(), List.of(), Fill.NONE);

  public Matching {
    labels = List.copyOf(labels);
    include = List.copyOf(include);
  }

  Matching with(Cardinality other) {
    return new Matching(other, on, labels, include, fill);
  }

  Matching with(Fill other) {
    return new Matching(cardinality, on, labels, include, other);
  }

  public boolean grouped() {
    return cardinality == Cardinality.MANY_TO_ONE || cardinality == Cardinality.ONE_TO_MANY;
  }
}
