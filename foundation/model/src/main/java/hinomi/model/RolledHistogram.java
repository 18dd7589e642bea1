package hinomi.model;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Native histograms of one series, neighbours taken together: what an entry of [Rolled] is for
/// numbers. It holds what functions of windows need, whichever way a window is put together of such
/// entries; [hinomi.model.histogram.Run] puts them together. Times in milliseconds since the epoch.
///
/// @param end up to when it reaches
/// @param count how many histograms, at least one
/// @param firstTime when the earliest was
/// @param lastTime when the latest was
/// @param schema the coarsest of those behind the first that are [Trait#EXPONENTIAL]
/// @param parts those that were asked for and that there are
public record RolledHistogram(
    long end,
    long count,
    long firstTime,
    long lastTime,
    Set<Trait> traits,
    int schema,
    Map<Part, Histogram> parts) {
  /// What is known of the histograms together that they themselves do not tell any more.
  public enum Trait {
    /// One says that it begins a new count.
    RESET,
    /// One says that it does not.
    NOT_RESET,
    /// One says that it is no counter.
    GAUGE,
    /// One behind the first has custom bounds.
    CUSTOM,
    /// One behind the first has none.
    EXPONENTIAL,
    /// Custom bounds were reduced to those in common in the sum; likewise in what was lost.
    SUM_RECONCILED,
    LOST_RECONCILED
  }

  /// A histogram that stands for them in some respect.
  public enum Part {
    /// The earliest, as it is.
    FIRST,
    /// The layout of the one behind it, without counts, if that begins anew. Then the first one has
    /// no part in how much a counter rose.
    SECOND,
    /// The latest, as it is.
    LAST,
    /// The sum; missing where some have custom bounds and others have not.
    SUM,
    /// The sum of those, but for the first of all, behind which a counter begins anew: how much
    /// more than `LAST − FIRST` it has risen. Missing where there is none.
    LOST;

    /// Those that belong to columns.
    public static Set<Part> of(Set<Rolled.Column> columns) {
      Set<Part> parts = EnumSet.noneOf(Part.class);
      for (Rolled.Column column : columns) {
        switch (column) {
          case SUM -> parts.add(SUM);
          case FIRST -> parts.add(FIRST);
          case LAST -> parts.add(LAST);
          // What was lost between two entries stands in these.
          case LOST -> parts.addAll(EnumSet.of(FIRST, SECOND, LAST, LOST));
          case MIN, MAX, COUNT, FIRST_TIME, LAST_TIME -> {}
        }
      }
      return parts;
    }
  }

  public RolledHistogram {
    traits = Set.copyOf(traits);
    parts = Map.copyOf(parts);
  }

  /// A single one.
  ///
  /// @param wanted of its parts
  public static RolledHistogram of(long timestamp, Histogram histogram, Set<Part> wanted) {
    Map<Part, Histogram> parts = new EnumMap<>(Part.class);
    for (Part part : wanted) {
      switch (part) {
        case FIRST, LAST, SUM -> parts.put(part, histogram);
        case SECOND, LOST -> {}
      }
    }
    return new RolledHistogram(
        timestamp, 1, timestamp, timestamp, traits(histogram.reset()), 0, parts);
  }

  /// What a single histogram says of its past.
  public static Set<Trait> traits(Histogram.Reset reset) {
    return switch (reset) {
      case UNKNOWN -> Set.of();
      case RESET -> Set.of(Trait.RESET);
      case NOT_RESET -> Set.of(Trait.NOT_RESET);
      case GAUGE -> Set.of(Trait.GAUGE);
    };
  }

  /// Empty where there is none, and where it was not asked for.
  public Optional<Histogram> part(Part part) {
    return Optional.ofNullable(parts.get(part));
  }
}
