package hinomi.promql;

import hinomi.model.Matcher;
import hinomi.model.StoredSeries;
import java.util.List;

/// Where samples come from. One call for each selector of an expression; what it found is then read
/// by several threads, each series by one.
@FunctionalInterface
public interface SeriesSource {
  /// All series that all matchers fit, each once, with their samples of a time range; series
  /// without samples there may be left out. Any order.
  ///
  /// @param fromMillis the first time wanted, milliseconds since the epoch
  /// @param toMillis the last time wanted, included
  List<? extends StoredSeries> select(List<Matcher> matchers, long fromMillis, long toMillis);
}
