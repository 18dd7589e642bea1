package hinomi.promql;

import hinomi.model.Matcher;
import hinomi.model.Rolled;
import hinomi.model.RolledSelection;
import hinomi.model.TimeRanges;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Where buckets of samples come from, for functions of long ranges that can be computed from them.
/// One call for each such selector; what it found is then read by several threads, each series by
/// one.
@FunctionalInterface
public interface RollupSource {
  /// One that has none.
  RollupSource NONE = (_, _, _) -> Optional.empty();

  /// All series that all matchers fit, each once, in whole buckets where these fit into the ranges
  /// and in samples elsewhere; empty where samples may as well be asked for alone.
  ///
  /// @param columns that are wanted
  Optional<RolledSelection> select(
      List<Matcher> matchers, TimeRanges ranges, Set<Rolled.Column> columns);
}
