package hinomi.alertengine;

/// An expression without its conditions: what it compares. It yields an element for each series
/// that can be judged, be it right or wrong, so that one that is right can be told from one that is
/// not there. Empty where that cannot be said of an expression.
@FunctionalInterface
public interface Comparands {
  String compared(String expression);
}
