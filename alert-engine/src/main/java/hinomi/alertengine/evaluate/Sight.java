package hinomi.alertengine.evaluate;

import hinomi.model.Sample;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// What there is to be judged at one moment. Looked for when first asked, and once. One thread.
final class Sight {
  private final Supplier<Optional<List<Sample>>> series;
  private final BooleanSupplier data;
  private Optional<Optional<List<Sample>>> found = Optional.empty();
  private Optional<Boolean> hasData = Optional.empty();

  /// @param series that can be judged, or empty where that cannot be known
  /// @param data whether there is any data
  Sight(Supplier<Optional<List<Sample>>> series, BooleanSupplier data) {
    this.series = series;
    this.data = data;
  }

  /// Whether the single series are known, so that one that is gone can be told from the others.
  boolean tellsSeries() {
    return found().isPresent();
  }

  /// The series that can be judged; none where they are not known.
  List<Sample> present() {
    return found().orElse(List.of());
  }

  boolean hasData() {
    if (hasData.isEmpty()) {
      hasData = Optional.of(data.getAsBoolean());
    }
    return hasData.get();
  }

  private Optional<List<Sample>> found() {
    if (found.isEmpty()) {
      found = Optional.of(series.get());
    }
    return found.get();
  }
}
