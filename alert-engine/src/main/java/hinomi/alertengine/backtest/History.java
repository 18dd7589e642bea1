package hinomi.alertengine.backtest;

/// Opens the stored past for a replay, with what the replay's rules write put over it.
@FunctionalInterface
public interface History {
  Past open(OwnSeries own);
}
