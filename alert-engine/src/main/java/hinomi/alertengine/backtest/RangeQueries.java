package hinomi.alertengine.backtest;

import hinomi.model.Series;
import java.time.Instant;
import java.util.List;

/// Evaluates a PromQL expression at `from` and then every `stepMillis` up to and including `to`. A
/// scalar comes as one series without labels. Fails with a [hinomi.model.Failure].
@FunctionalInterface
public interface RangeQueries {
  List<Series> rows(String expression, Instant from, Instant to, long stepMillis);
}
