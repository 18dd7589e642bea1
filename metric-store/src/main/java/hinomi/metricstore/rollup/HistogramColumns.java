package hinomi.metricstore.rollup;

import hinomi.model.Histogram;
import hinomi.model.Labels;
import hinomi.model.Points;
import hinomi.model.Rolled;
import hinomi.model.RolledHistogram;
import hinomi.model.RolledHistogram.Part;
import hinomi.model.RolledHistogram.Trait;
import hinomi.model.StoredSeries;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/// How buckets of native histograms lie in blocks: columns of numbers that every bucket has, and
/// one of histograms for each [Part], where there is one. As all [Columns] they stand at the ends
/// of the buckets. Drawn in `docs/formats/metric-store.md`. Stateless.
final class HistogramColumns {
  /// What earlier versions kept: the newest of each bucket alone, at its own time.
  static final String OUTDATED = "histogram";

  /// A column that each bucket has.
  static final String COUNT = "histogram_count";

  private static final String FIRST_TIME = "histogram_first_time";
  private static final String LAST_TIME = "histogram_last_time";
  private static final String TRAITS = "histogram_traits";

  /// The bit that stands for one is its place here.
  private static final List<Trait> TRAIT_BITS =
      List.of(
          Trait.RESET,
          Trait.NOT_RESET,
          Trait.GAUGE,
          Trait.CUSTOM,
          Trait.EXPONENTIAL,
          Trait.SUM_RECONCILED,
          Trait.LOST_RECONCILED);

  /// Likewise, from bit 8 on: which parts there are.
  private static final List<Part> PART_BITS =
      List.of(Part.FIRST, Part.SECOND, Part.LAST, Part.SUM, Part.LOST);

  private static final int PARTS_FROM = 8;
  private static final int SCHEMA_FROM = 16;
  private static final int SCHEMA_ZERO = 64;

  private HistogramColumns() {}

  static String text(Part part) {
    return "histogram_" + part.name().toLowerCase(Locale.ROOT);
  }

  /// The columns that have to be read for some parts.
  static Set<String> wanted(Set<Part> parts) {
    Set<String> wanted = new LinkedHashSet<>(List.of(COUNT, FIRST_TIME, LAST_TIME, TRAITS));
    parts.forEach(part -> wanted.add(text(part)));
    return wanted;
  }

  /// Adds the columns of the buckets of a series.
  static void store(Labels labels, Rolled buckets, long width, Map<String, StoredSeries> columns) {
    if (buckets.histogramCount() == 0) {
      return;
    }
    Numbers numbers = new Numbers(labels, buckets, _ -> 0);
    columns.put(COUNT, numbers.of(COUNT, i -> buckets.histogram(i).count()));
    columns.put(
        FIRST_TIME,
        numbers.of(
            FIRST_TIME,
            i -> buckets.histogram(i).firstTime() - (buckets.histogram(i).end() - width)));
    columns.put(
        LAST_TIME,
        numbers.of(LAST_TIME, i -> buckets.histogram(i).end() - buckets.histogram(i).lastTime()));
    columns.put(TRAITS, numbers.of(TRAITS, i -> packed(buckets.histogram(i))));
    for (Part part : Part.values()) {
      Histograms some = new Histograms(labels.with(Columns.LABEL, text(part)), buckets, part);
      if (some.size() > 0) {
        columns.put(text(part), some);
      }
    }
  }

  private record Numbers(Labels labels, Rolled buckets, IntToDoubleFunction column)
      implements StoredSeries {
    Numbers of(String text, IntToDoubleFunction other) {
      return new Numbers(labels.with(Columns.LABEL, text), buckets, other);
    }

    @Override
    public int size() {
      return buckets.histogramCount();
    }

    @Override
    public void read(Points into) {
      for (int i = 0; i < size(); i++) {
        into.add(buckets.histogram(i).end(), column.applyAsDouble(i));
      }
    }
  }

  private record Histograms(Labels labels, Rolled buckets, Part part) implements StoredSeries {
    @Override
    public int size() {
      return (int)
          IntStream.range(0, buckets.histogramCount())
              .filter(i -> buckets.histogram(i).part(part).isPresent())
              .count();
    }

    @Override
    public void read(Points into) {
      for (int i = 0; i < buckets.histogramCount(); i++) {
        RolledHistogram bucket = buckets.histogram(i);
        bucket.part(part).ifPresent(histogram -> into.add(bucket.end(), histogram));
      }
    }
  }

  private static double packed(RolledHistogram bucket) {
    int bits = (bucket.schema() + SCHEMA_ZERO) << SCHEMA_FROM;
    for (Trait trait : bucket.traits()) {
      bits |= 1 << TRAIT_BITS.indexOf(trait);
    }
    for (Part part : bucket.parts().keySet()) {
      bits |= 1 << (PARTS_FROM + PART_BITS.indexOf(part));
    }
    return bits;
  }

  private static Set<Trait> traits(int bits) {
    Set<Trait> traits = EnumSet.noneOf(Trait.class);
    for (int i = 0; i < TRAIT_BITS.size(); i++) {
      if (((bits >> i) & 1) != 0) {
        traits.add(TRAIT_BITS.get(i));
      }
    }
    return traits;
  }

  private static boolean has(int bits, Part part) {
    return ((bits >> (PARTS_FROM + PART_BITS.indexOf(part))) & 1) != 0;
  }

  /// Adds the buckets of which everything is there that was asked for.
  ///
  /// @param read by text of the column
  static void align(Map<String, Points> read, Tier tier, Rolled into) {
    Cursor counts = new Cursor(read, COUNT);
    Cursor firstTimes = new Cursor(read, FIRST_TIME);
    Cursor lastTimes = new Cursor(read, LAST_TIME);
    Cursor traits = new Cursor(read, TRAITS);
    Map<Part, Cursor> parts = new EnumMap<>(Part.class);
    into.parts().forEach(part -> parts.put(part, new Cursor(read, text(part))));
    for (int i = 0; i < counts.points.size(); i++) {
      long end = counts.points.timestamp(i);
      boolean whole = firstTimes.isAt(end) && lastTimes.isAt(end) && traits.isAt(end);
      int bits = whole ? (int) traits.value() : 0;
      Map<Part, Histogram> held = new EnumMap<>(Part.class);
      for (Map.Entry<Part, Cursor> each : parts.entrySet()) {
        Optional<Histogram> found = each.getValue().histogram(end);
        found.ifPresent(histogram -> held.put(each.getKey(), histogram));
        whole &= found.isPresent() || !has(bits, each.getKey());
      }
      if (whole) {
        into.add(
            new RolledHistogram(
                end,
                (long) counts.points.value(i),
                end - tier.width() + (long) firstTimes.value(),
                end - (long) lastTimes.value(),
                traits(bits),
                (bits >> SCHEMA_FROM) - SCHEMA_ZERO,
                held));
      }
    }
  }

  /// Follows a column, in time order.
  private static final class Cursor {
    private final Points points;
    private int at;

    Cursor(Map<String, Points> read, String column) {
      points = read.getOrDefault(column, new Points(0));
    }

    boolean isAt(long time) {
      while (at < points.size() && points.timestamp(at) < time) {
        at++;
      }
      return at < points.size() && points.timestamp(at) == time;
    }

    double value() {
      return points.value(at);
    }

    Optional<Histogram> histogram(long time) {
      while (at < points.histogramCount() && points.histogramTimestamp(at) < time) {
        at++;
      }
      boolean there = at < points.histogramCount() && points.histogramTimestamp(at) == time;
      return there ? Optional.of(points.histogram(at)) : Optional.empty();
    }
  }
}
