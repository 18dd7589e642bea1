package hinomi.rulelint;

import hinomi.model.Matcher;
import java.util.Collection;
import java.util.List;

/// What a store holds, or has held lately. Called on the linting thread; fails with a
/// [hinomi.model.Failure].
///
/// @param any whether some series fits all matchers
/// @param names of all metrics
public record KnownSeries(Any any, Names names) {
  /// Whether some series fits.
  @FunctionalInterface
  public interface Any {
    boolean fits(List<Matcher> matchers);
  }

  /// The names of all metrics.
  @FunctionalInterface
  public interface Names {
    Collection<String> all();
  }
}
