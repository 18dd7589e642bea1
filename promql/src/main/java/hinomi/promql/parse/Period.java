package hinomi.promql.parse;

import hinomi.model.BadInput;

/// A length of time as it is written behind `offset` and inside brackets: a literal (`5m`, `300`),
/// or arithmetic over literals and over what is known once the whole query is (`step() * 2`). All
/// numbers are seconds. Source: Prometheus, docs/querying/basics, "Duration expressions".
public sealed interface Period {
  /// No shift at all.
  Literal ZERO = ofMillis(0);

  Span span();

  /// @param duration whether it was written as a duration (`5m`) or as a number (`300`)
  record Literal(double seconds, boolean duration, Span span) implements Period {}

  /// `step()`: the resolution of the query; 0 when it asks for one time.
  record Step(Span span) implements Period {}

  /// `range()`: from the query's first time to its last.
  record Range(Span span) implements Period {}

  /// A sign before something that is no literal.
  record Signed(boolean minus, Period inner, Span span) implements Period {}

  /// `max_of(left, right)` or `min_of(left, right)`.
  record Extreme(boolean largest, Period left, Period right, Span span) implements Period {}

  record Arithmetic(Operator operator, Period left, Period right) implements Period {
    @Override
    public Span span() {
      return left.span().to(right.span());
    }
  }

  record Paren(Period inner, Span span) implements Period {}

  /// A literal of milliseconds.
  static Literal ofMillis(long millis) {
    return new Literal(millis / 1000.0, true, new Span(0, 0));
  }

  /// Milliseconds of a literal. What is more than one has to be planned first.
  default long millis() {
    if (this instanceof Literal literal) {
      return Math.round(literal.seconds() * 1000);
    }
    throw new IllegalStateException("BUG: the plan has left a duration to compute");
  }

  default boolean isZero() {
    return this instanceof Literal literal && literal.seconds() == 0;
  }

  /// What it comes to, in seconds. A division by zero is a [BadInput] where it stands.
  ///
  /// @param step of the query, seconds; likewise `range`
  default double seconds(double step, double range) {
    return switch (this) {
      case Literal literal -> literal.seconds();
      case Step _ -> step;
      case Range _ -> range;
      case Paren paren -> paren.inner().seconds(step, range);
      case Signed signed -> {
        double value = signed.inner().seconds(step, range);
        yield signed.minus() ? -value : value;
      }
      case Extreme extreme -> {
        double left = extreme.left().seconds(step, range);
        double right = extreme.right().seconds(step, range);
        yield extreme.largest() ? Math.max(left, right) : Math.min(left, right);
      }
      case Arithmetic sum ->
          computed(sum, sum.left().seconds(step, range), sum.right().seconds(step, range));
    };
  }

  private static double computed(Arithmetic sum, double left, double right) {
    return switch (sum.operator()) {
      case ADD -> left + right;
      case SUBTRACT -> left - right;
      case MULTIPLY -> left * right;
      case DIVIDE -> left / refusedIfZero(right, "division by zero", sum);
      case MODULO -> left % refusedIfZero(right, "modulo by zero", sum);
      case POWER -> Math.pow(left, right);
      default -> throw new IllegalStateException("BUG: no arithmetic: " + sum.operator());
    };
  }

  private static double refusedIfZero(double divisor, String message, Arithmetic sum) {
    if (divisor == 0) {
      throw new BadInput(message, sum.span().start());
    }
    return divisor;
  }
}
