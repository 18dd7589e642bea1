package hinomi.promql.parse;

/// Which time a selector or a subquery looks at: `@` first, then `offset` before that.
public record When(At at, Period offset) {
  public static final When NOW = new When(At.STEP, Period.ZERO);

  boolean isShifted() {
    return !offset.isZero();
  }

  boolean isFixed() {
    return !at.equals(At.STEP);
  }
}
