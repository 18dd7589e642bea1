package hinomi.alertengine.backtest;

import hinomi.alertengine.rule.Vocabulary;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/// What backtests need of others.
///
/// @param running the rules as they are
/// @param vocabulary that rules may use
/// @param logs the stored lines
/// @param zone of local hours where none is asked for
public record BacktestPorts(
    Setup running,
    Vocabulary vocabulary,
    History history,
    Past logs,
    Grammar grammar,
    Noted noted,
    Incidents incidents,
    ZoneId zone) {

  /// What the live engine noted of a time; `to` is excluded.
  @FunctionalInterface
  public interface Noted {
    Recorded between(Instant from, Instant to);
  }

  /// What is recorded to have been wrong in a time.
  @FunctionalInterface
  public interface Incidents {
    List<Labelled> between(Instant from, Instant to);
  }
}
