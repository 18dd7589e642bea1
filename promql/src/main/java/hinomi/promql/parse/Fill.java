package hinomi.promql.parse;

/// What stands for elements that are missing on one side of a binary operation (experimental).
///
/// @param left whether missing elements of the left side are filled in, with `leftValue`
/// @param right likewise for the right side, with `rightValue`
public record Fill(boolean left, double leftValue, boolean right, double rightValue) {
  public static final Fill NONE = new Fill(false, 0, false, 0);

  public boolean any() {
    return left || right;
  }

  Fill withLeft(double value) {
    return new Fill(true, value, right, rightValue);
  }

  Fill withRight(double value) {
    return new Fill(left, leftValue, true, value);
  }
}
