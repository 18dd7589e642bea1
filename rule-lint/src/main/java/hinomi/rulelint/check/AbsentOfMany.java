package hinomi.rulelint.check;

import hinomi.model.Matcher;
import hinomi.promql.parse.Expr;
import java.util.List;
import java.util.stream.Stream;

/// `absent(up{host=~"a|b"})` fires when both are gone, and `absent(sum by (host) (up))` when all
/// are: absence is of the whole, not of each.
final class AbsentOfMany implements RuleCheck {
  @Override
  public List<Flaw> of(Subject subject) {
    return Walk.calls(subject.expr())
        .filter(call -> call.function().name().startsWith("absent"))
        .flatMap(call -> Stream.concat(alternatives(call), groups(call)))
        .toList();
  }

  private static Stream<Flaw> alternatives(Expr.Call call) {
    return Walk.selectors(call)
        .flatMap(selector ->
            selector.matchers().stream()
                .filter(AbsentOfMany::names)
                .map(matcher ->
                    Flaw.of(
                            Severity.WARNING,
                            call,
                            "「" + matcher + "」のすべてがなくなったときにだけ鳴ります。一つ欠けても気づきません",
                            "this fires only when all of " + matcher + " are gone, not when one is")
                        .advising(
                            "hinomi: {inventory: …} で一つずつ見張るか、absent(…) or absent(…) と書く",
                            "watch each of them with hinomi: {inventory: …}, or write absent(…) or"
                                + " absent(…)")));
  }

  private static boolean names(Matcher matcher) {
    return matcher.kind() == Matcher.Kind.REGEX
        && matcher.value().matches("[^|]*\\w\\|\\w[^?*]*")
        && !matcher.name().equals("__name__");
  }

  private static Stream<Flaw> groups(Expr.Call call) {
    return Walk.bare(call.arguments().getFirst()) instanceof Expr.Aggregate aggregate
            && !aggregate.grouping().isEmpty()
        ? Stream.of(
            Flaw.of(
                    Severity.WARNING,
                    aggregate,
                    "absentはグループごとには見ません。すべてのグループがなくなったときにだけ鳴ります",
                    "absent does not look at each group: this fires only when all are gone")
                .advising(
                    "hinomi: {inventory: …} で一つずつ見張る",
                    "watch each of them with hinomi: {inventory: …}"))
        : Stream.empty();
  }
}
