package hinomi.rulelint.check;

import hinomi.model.Matcher;
import hinomi.promql.parse.Expr;
import java.util.List;
import java.util.Optional;

/// A selector that no series can fit: `{job!~".*"}`, or two values for one label.
final class ImpossibleSelector implements RuleCheck {
  @Override
  public List<Flaw> of(Subject subject) {
    return Walk.selectors(subject.expr())
        .flatMap(selector -> reason(selector).map(matcher -> flaw(selector, matcher)).stream())
        .toList();
  }

  /// The condition that cannot be fulfilled, if there is one.
  private static Optional<Matcher> reason(Expr.Selector selector) {
    List<Matcher> all = selector.matchers();
    return all.stream()
        .filter(matcher ->
            (matcher.kind() == Matcher.Kind.NOT_REGEX && matcher.value().equals(".*"))
                || all.stream().anyMatch(other -> excludes(other, matcher)))
        .findFirst();
  }

  private static boolean excludes(Matcher fixed, Matcher other) {
    return fixed.kind() == Matcher.Kind.EQUAL
        && fixed.name().equals(other.name())
        && !other.matches(fixed.value());
  }

  private static Flaw flaw(Expr.Selector selector, Matcher matcher) {
    return Flaw.of(
        Severity.ERROR,
        selector,
        "「" + matcher + "」を満たす系列はあり得ません",
        "no series can fit " + matcher + " here");
  }
}
