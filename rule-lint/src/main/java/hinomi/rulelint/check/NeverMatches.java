package hinomi.rulelint.check;

import hinomi.promql.parse.Expr;
import hinomi.promql.parse.Matching;
import hinomi.promql.parse.Operator;
import hinomi.promql.parse.Type;
import hinomi.rulelint.labels.Carried;
import hinomi.rulelint.labels.Carrying;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Two sides of an operation that cannot find each other, for one always has a label that the other
/// has lost: `up{job="a"} and sum(b)`.
final class NeverMatches implements RuleCheck {
  @Override
  public List<Flaw> of(Subject subject) {
    List<Flaw> flaws = new ArrayList<>();
    Walk.all(subject.expr())
        .forEach(expr -> {
          if (expr instanceof Expr.Binary binary
              && binary.operator() != Operator.OR
              && binary.left().type() == Type.VECTOR
              && binary.right().type() == Type.VECTOR) {
            Carried left = Carrying.of(binary.left());
            Carried right = Carrying.of(binary.right());
            odd(left, right, binary.matching())
                .or(() -> odd(right, left, binary.matching()))
                .ifPresent(label -> flaws.add(flaw(binary, label)));
          }
        });
    return flaws;
  }

  /// A label that must agree, which one side always has and the other never.
  private static Optional<String> odd(Carried has, Carried lacks, Matching matching) {
    Collection<String> sure = new TreeSet<>(has.sure());
    if (matching.on()) {
      sure.retainAll(matching.labels());
    } else {
      sure.removeAll(matching.labels());
    }
    return sure.stream().filter(label -> !lacks.mayHave(label)).findFirst();
  }

  private static Flaw flaw(Expr.Binary binary, String label) {
    String sign = binary.operator().sign();
    return binary.operator() == Operator.UNLESS
        ? Flaw.of(
                Severity.ERROR,
                binary.right(),
                "ラベル " + label + " が片側にしかないため、unless は何も取り除きません",
                "one side has the label " + label + " and the other never: this takes nothing away")
            .advising("on (…) で一致させるラベルを書く", "say with on (…) which labels have to agree")
        : Flaw.of(
                Severity.ERROR,
                binary.right(),
                "ラベル " + label + " が片側にしかないため、" + sign + " の結果は常に空です",
                "one side has the label "
                    + label
                    + " and the other never: "
                    + sign
                    + " never finds a pair")
            .advising("on (…) で一致させるラベルを書く", "say with on (…) which labels have to agree");
  }
}
