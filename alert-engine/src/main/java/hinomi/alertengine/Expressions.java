package hinomi.alertengine;

/// Checks that an expression is PromQL; if not, throws a [hinomi.model.BadInput] with the offset of
/// the mistake.
@FunctionalInterface
public interface Expressions {
  void check(String expression);
}
