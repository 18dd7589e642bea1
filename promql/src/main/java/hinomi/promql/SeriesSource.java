package hinomi.promql;

import hinomi.model.Matcher;
import hinomi.model.Series;
import java.util.List;

/// Where samples come from. One call for each selector of an expression.
@FunctionalInterface
public interface SeriesSource {
  /// All series that all matchers fit, with their samples of a time range; series without samples
  /// there may be left out. Any order.
  ///
  /// @param fromMillis the first time wanted, milliseconds since the epoch
  /// @param toMillis the last time wanted, included
  List<Series> select(List<Matcher> matchers, long fromMillis, long toMillis);
}
