package hinomi.rulelint.check;

/// Which part of a rule is meant.
public sealed interface Spot {
  /// The whole rule.
  record Name() implements Spot {}

  /// @param offset characters from the beginning of the expression
  record InExpression(int offset) implements Spot {}

  record OfLabel(String label) implements Spot {}

  /// @param offset characters from the beginning of the text
  record InAnnotation(String annotation, int offset) implements Spot {}
}
