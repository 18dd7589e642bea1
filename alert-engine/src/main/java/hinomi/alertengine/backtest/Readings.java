package hinomi.alertengine.backtest;

/// Tells what is known of an expression without asking it.
@FunctionalInterface
public interface Readings {
  Reading of(String expression);
}
