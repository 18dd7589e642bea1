package hinomi.promql.parse;

import hinomi.model.Matcher;
import java.util.Comparator;
import java.util.List;

/// A PromQL expression. Trees are equal when they mean the same text, wherever it stood ([Span]).
/// Times and durations are milliseconds.
public sealed interface Expr {
  Span span();

  Type type();

  /// @param duration whether it was written as a duration (`5m` is 300)
  record NumberLiteral(double value, boolean duration, Span span) implements Expr {
    @Override
    public Type type() {
      return Type.SCALAR;
    }
  }

  record TextLiteral(String value, Span span) implements Expr {
    @Override
    public Type type() {
      return Type.TEXT;
    }
  }

  /// @param name what stood before the braces, or the empty string; `matchers` hold it, too
  /// @param matchers as written; their order means nothing
  record Selector(String name, List<Matcher> matchers, When when, Reach reach, Span span)
      implements Expr {
    public Selector {
      matchers = List.copyOf(matchers);
    }

    /// In the order in which they are printed.
    List<Matcher> sorted() {
      return matchers.stream().sorted(Comparator.comparing(Printer::matcher)).toList();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Selector selector
          && name.equals(selector.name)
          && when.equals(selector.when)
          && reach == selector.reach
          && sorted().equals(selector.sorted());
    }

    @Override
    public int hashCode() {
      return sorted().hashCode();
    }

    public At at() {
      return when.at();
    }

    /// Milliseconds; of a planned expression.
    public long offset() {
      return when.offset().millis();
    }

    public Selector with(When other) {
      return new Selector(name, matchers, other, reach, span);
    }

    Selector with(Reach other) {
      return new Selector(name, matchers, when, other, span);
    }

    Selector upTo(int end) {
      return new Selector(name, matchers, when, reach, span.to(end));
    }

    @Override
    public Type type() {
      return Type.VECTOR;
    }
  }

  /// `selector[length]`; `@` and `offset` stand in the selector.
  record RangeSelector(Selector selector, Period length, Span span) implements Expr {
    /// Milliseconds; of a planned expression.
    public long range() {
      return length.millis();
    }

    @Override
    public Type type() {
      return Type.RANGE;
    }
  }

  /// `inner[length:every]`.
  ///
  /// @param every zero when left out
  record Subquery(Expr inner, Period length, Period every, When when, Span span) implements Expr {
    /// Milliseconds; of a planned expression.
    public long range() {
      return length.millis();
    }

    /// Milliseconds, 0 when left out; of a planned expression.
    public long step() {
      return every.millis();
    }

    public At at() {
      return when.at();
    }

    /// Milliseconds; of a planned expression.
    public long offset() {
      return when.offset().millis();
    }

    @Override
    public Type type() {
      return Type.RANGE;
    }
  }

  /// @param arguments the vector, before it the parameter where the operator has one
  record Aggregate(
      Aggregation operator, List<Expr> arguments, boolean without, List<String> grouping, Span span)
      implements Expr {
    public Aggregate {
      arguments = List.copyOf(arguments);
      grouping = List.copyOf(grouping);
    }

    public Expr inner() {
      return arguments.getLast();
    }

    public Expr parameter() {
      return arguments.getFirst();
    }

    @Override
    public Type type() {
      return Type.VECTOR;
    }
  }

  record Call(Signature function, List<Expr> arguments, Span span) implements Expr {
    public Call {
      arguments = List.copyOf(arguments);
    }

    @Override
    public Type type() {
      return function.returns();
    }
  }

  /// @param bool whether a comparison answers 0 or 1 instead of filtering
  record Binary(
      Operator operator, Expr left, Expr right, boolean bool, Matching matching, Span span)
      implements Expr {
    @Override
    public Type type() {
      return left.type() == Type.SCALAR && right.type() == Type.SCALAR ? Type.SCALAR : Type.VECTOR;
    }
  }

  /// A sign before something that is no literal.
  record Signed(boolean minus, Expr inner, Span span) implements Expr {
    @Override
    public Type type() {
      return inner.type();
    }
  }

  record Paren(Expr inner, Span span) implements Expr {
    @Override
    public Type type() {
      return inner.type();
    }
  }

  /// Something with the same answer at every step; made by the plan alone, never by the parser.
  record Once(Expr inner) implements Expr {
    @Override
    public Span span() {
      return inner.span();
    }

    @Override
    public Type type() {
      return inner.type();
    }
  }

  /// The parts an expression is made of, from left to right.
  default List<Expr> parts() {
    return switch (this) {
      case NumberLiteral _, TextLiteral _, Selector _ -> List.of();
      case RangeSelector range -> List.of(range.selector());
      case Subquery subquery -> List.of(subquery.inner());
      case Aggregate aggregate -> aggregate.arguments();
      case Call call -> call.arguments();
      case Binary binary -> List.of(binary.left(), binary.right());
      case Signed signed -> List.of(signed.inner());
      case Paren paren -> List.of(paren.inner());
      case Once once -> List.of(once.inner());
    };
  }
}
