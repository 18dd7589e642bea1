package hinomi.promql;

import hinomi.model.Labels;
import hinomi.model.Matcher;
import java.util.List;

/// Which series exist, without their samples: for the pickers of a user interface.
@FunctionalInterface
public interface SeriesIndex {
  /// The label sets that all matchers fit and that have, or may have, samples in the time range
  /// (milliseconds since the epoch, both ends included), each once. No matchers mean all series.
  /// Any order.
  List<Labels> series(List<Matcher> matchers, long fromMillis, long toMillis);
}
