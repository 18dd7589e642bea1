package hinomi.rulelint.check;

import hinomi.promql.parse.Aggregation;
import hinomi.promql.parse.Expr;
import hinomi.promql.parse.Operator;
import hinomi.promql.parse.Printer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// `count(up == 1) < 2`: what does not fit is gone before it is counted, and where nothing fits
/// there is no count at all, so that the alert is silent just when all are bad.
final class SilentWhenAllBad implements RuleCheck {
  @Override
  public List<Flaw> of(Subject subject) {
    if (!subject.alerts() || asksForAbsence(subject.expr())) {
      return List.of();
    }
    return Walk.filters(subject.expr()).flatMap(SilentWhenAllBad::judged).toList();
  }

  /// Somebody has thought of it: another part of the rule fires when there is nothing.
  private static boolean asksForAbsence(Expr expr) {
    return Walk.calls(expr).anyMatch(call -> call.function().name().startsWith("absent"));
  }

  private static Stream<Flaw> judged(Expr.Binary comparison) {
    Optional<Expr.Aggregate> found =
        switch (comparison.operator()) {
          case LESS, LESS_OR_EQUAL -> silent(comparison.left(), comparison.right());
          case GREATER, GREATER_OR_EQUAL -> silent(comparison.right(), comparison.left());
          default -> Optional.empty();
        };
    return found.map(SilentWhenAllBad::flaw).stream();
  }

  /// What is missing when the lower should be far below the upper. Where both are thinned they are
  /// compared with each other, not with what should be there.
  private static Optional<Expr.Aggregate> silent(Expr lower, Expr upper) {
    Optional<Expr.Aggregate> low = thinned(lower, true);
    Optional<Expr.Aggregate> high = thinned(upper, false);
    return thinned(upper, true).isPresent() ? Optional.empty() : low.or(() -> high);
  }

  /// A count of what fits, where its smallness is what is asked for.
  ///
  /// @param small whether the expression is small when the count is
  private static Optional<Expr.Aggregate> thinned(Expr expr, boolean small) {
    return switch (Walk.bare(expr)) {
      case Expr.Aggregate aggregate when counts(aggregate) && drops(aggregate.inner()) ->
          small ? Optional.of(aggregate) : Optional.empty();
      case Expr.Aggregate aggregate when !aggregate.operator().hasParameter() ->
          thinned(aggregate.inner(), small);
      case Expr.Binary binary -> thinned(binary, small);
      default -> Optional.empty();
    };
  }

  private static Optional<Expr.Aggregate> thinned(Expr.Binary binary, boolean small) {
    return switch (binary.operator()) {
      case ADD, MULTIPLY -> thinned(binary.left(), small).or(() -> thinned(binary.right(), small));
      case SUBTRACT -> thinned(binary.left(), small).or(() -> thinned(binary.right(), !small));
      // A sum of what is above 0 is often there to divide by.
      case DIVIDE ->
          thinned(binary.left(), small)
              .or(() ->
                  thinned(binary.right(), !small)
                      .filter(aggregate -> aggregate.operator() == Aggregation.COUNT));
      default -> Optional.empty();
    };
  }

  private static boolean counts(Expr.Aggregate aggregate) {
    return aggregate.operator() == Aggregation.COUNT || aggregate.operator() == Aggregation.SUM;
  }

  /// Whether what does not fit is gone. Who counts zeros counts what is bad, and none is fine.
  private static boolean drops(Expr inner) {
    if (!(Walk.bare(inner) instanceof Expr.Binary binary)) {
      return false;
    }
    boolean zeros =
        binary.operator() == Operator.EQUAL
            && Walk.constant(binary.right()).orElse(Double.NaN) == 0;
    return switch (binary.operator()) {
      case AND -> drops(binary.left()) || drops(binary.right());
      case UNLESS -> true;
      default -> Walk.isFilter(binary) && !zeros;
    };
  }

  private static Flaw flaw(Expr.Aggregate aggregate) {
    Flaw flaw =
        Flaw.of(
            Severity.WARNING,
            aggregate,
            "条件に合うものが一つもないと、この集計は0ではなく「結果なし」になり、全滅したときにこのアラートは鳴りません",
            "where nothing fits, this yields no element rather than 0: the alert is silent when all"
                + " are bad");
    return counted(aggregate)
        .map(text -> flaw.advising("0として数える: " + text, "count with 0 and 1: " + text))
        .orElse(flaw);
  }

  /// The same count, of zeros and ones.
  private static Optional<String> counted(Expr.Aggregate aggregate) {
    if (aggregate.operator() != Aggregation.COUNT
        || !(Walk.bare(aggregate.inner()) instanceof Expr.Binary condition)
        || !condition.operator().isComparison()) {
      return Optional.empty();
    }
    Expr asked =
        new Expr.Binary(
            condition.operator(),
            condition.left(),
            condition.right(),
            true,
            condition.matching(),
            condition.span());
    return Optional.of(
        Printer.print(
            new Expr.Aggregate(
                Aggregation.SUM,
                List.of(asked),
                aggregate.without(),
                aggregate.grouping(),
                aggregate.span())));
  }
}
