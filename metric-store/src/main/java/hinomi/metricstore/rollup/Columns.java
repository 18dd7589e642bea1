package hinomi.metricstore.rollup;

import hinomi.metricstore.chunk.Piece;
import hinomi.metricstore.chunk.Pieces;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.model.Points;
import hinomi.model.Rolled;
import hinomi.model.Rolled.Column;
import hinomi.model.StoredSeries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How buckets lie in blocks: each column is a series with a label more, whose samples stand at the
/// ends of the buckets; all columns of all series that are scraped together share these times. The
/// times of a bucket's first and last sample are stored as their distance from its begin and end.
/// Stateless.
final class Columns {
  /// U+FFFF, which is no character: it is behind all other names, so that the columns of a series
  /// are neighbours.
  static final String LABEL = "\uFFFF";

  /// The column of native histograms: the newest of each bucket, at its own time.
  static final String HISTOGRAM = "histogram";

  /// The column of start timestamps: the newest of each bucket, at its end. Buckets do not tell
  /// where a count began; this tells that samples do.
  static final String STARTS = "starts";

  private static final Map<String, Column> BY_TEXT =
      Stream.of(Column.values()).collect(Collectors.toUnmodifiableMap(Columns::text, c -> c));

  private Columns() {}

  static String text(Column column) {
    return column.name().toLowerCase(Locale.ROOT);
  }

  /// The matchers that find one column of some series.
  static List<Matcher> matchers(List<Matcher> matchers, Column column) {
    List<Matcher> more = new ArrayList<>(matchers);
    more.add(Matcher.equal(LABEL, text(column)));
    return more;
  }

  /// Whether a series can be rolled up: what is no character is in no name but for mischief.
  static boolean fits(Labels labels) {
    return !labels.has(LABEL);
  }

  /// The series without its column.
  static Labels bare(Labels labels) {
    return labels.without(LABEL);
  }

  /// The matchers that find the native histograms of some series.
  static List<Matcher> histograms(List<Matcher> matchers) {
    List<Matcher> more = new ArrayList<>(matchers);
    more.add(Matcher.equal(LABEL, HISTOGRAM));
    return more;
  }

  /// The matchers that find the start timestamps of some series.
  static List<Matcher> starts(List<Matcher> matchers) {
    List<Matcher> more = new ArrayList<>(matchers);
    more.add(Matcher.equal(LABEL, STARTS));
    return more;
  }

  static boolean isStarts(Labels labels) {
    return labels.get(LABEL).equals(STARTS);
  }

  /// Empty for the columns of histograms and of start timestamps.
  static Optional<Column> column(Labels labels) {
    return Optional.ofNullable(BY_TEXT.get(labels.get(LABEL)));
  }

  /// Buckets, and the newest native histogram and start timestamp of each, as series to be written,
  /// sorted.
  ///
  /// @param newest histograms, and start timestamps as numbers
  static List<StoredSeries> stored(Labels labels, Rolled buckets, Points newest, long width) {
    Map<String, StoredSeries> columns = new TreeMap<>();
    for (Column column : Column.values()) {
      Labels own = labels.with(LABEL, text(column));
      if (buckets.size() > 0) {
        columns.put(text(column), new Stored(own, column, buckets, width));
      }
    }
    if (newest.histogramCount() > 0) {
      columns.put(HISTOGRAM, new Newest(labels.with(LABEL, HISTOGRAM), newest));
    }
    if (newest.size() > 0) {
      columns.put(STARTS, new Starts(labels.with(LABEL, STARTS), newest));
    }
    return List.copyOf(columns.values());
  }

  private record Newest(Labels labels, Points histograms) implements StoredSeries {
    @Override
    public int size() {
      return histograms.histogramCount();
    }

    @Override
    public void read(Points into) {
      for (int i = 0; i < histograms.histogramCount(); i++) {
        into.add(histograms.histogramTimestamp(i), histograms.histogram(i));
      }
    }
  }

  private record Starts(Labels labels, Points starts) implements StoredSeries {
    @Override
    public int size() {
      return starts.size();
    }

    @Override
    public void read(Points into) {
      for (int i = 0; i < starts.size(); i++) {
        into.add(starts.timestamp(i), starts.value(i));
      }
    }
  }

  /// One column of a series.
  private record Stored(Labels labels, Column column, Rolled buckets, long width)
      implements StoredSeries {
    @Override
    public int size() {
      return buckets.size();
    }

    @Override
    public void read(Points into) {
      for (int i = 0; i < buckets.size(); i++) {
        long end = buckets.end(i);
        into.add(end, packed(column, buckets.value(column, i), end, width));
      }
    }
  }

  /// Adds the buckets between two ends, the first excluded. A bucket of which a column is lost is
  /// left out.
  static void read(Map<Column, List<Piece>> pieces, Tier tier, long from, long to, Rolled into) {
    Points[] read = room();
    for (Column column : into.columns()) {
      Pieces.read(pieces.getOrDefault(column, List.of()), from + 1, to, read[column.place()]);
    }
    align(read, tier, into);
  }

  /// Nothing yet, by column.
  static Points[] room() {
    Points[] room = new Points[Column.values().length];
    Arrays.setAll(room, _ -> new Points(0));
    return room;
  }

  /// Adds the buckets that all columns have.
  ///
  /// @param read by column
  static void align(Points[] read, Tier tier, Rolled into) {
    Column[] columns = into.columns().toArray(new Column[0]);
    int[] at = new int[columns.length];
    Points leader = read[columns[0].place()];
    for (int i = 0; i < leader.size(); i++) {
      long end = leader.timestamp(i);
      boolean whole = true;
      for (int c = 0; c < columns.length; c++) {
        Points own = read[columns[c].place()];
        while (at[c] < own.size() && own.timestamp(at[c]) < end) {
          at[c]++;
        }
        whole &= at[c] < own.size() && own.timestamp(at[c]) == end;
      }
      if (whole) {
        int entry = into.add(end);
        for (int c = 0; c < columns.length; c++) {
          double value = read[columns[c].place()].value(at[c]);
          into.set(columns[c], entry, unpacked(columns[c], value, end, tier.width()));
        }
      }
    }
  }

  private static double packed(Column column, double value, long end, long width) {
    return switch (column) {
      case FIRST_TIME -> value - (end - width);
      case LAST_TIME -> end - value;
      case MIN, MAX, SUM, COUNT, FIRST, LAST, LOST -> value;
    };
  }

  private static double unpacked(Column column, double value, long end, long width) {
    return switch (column) {
      case FIRST_TIME -> end - width + value;
      case LAST_TIME -> end - value;
      case MIN, MAX, SUM, COUNT, FIRST, LAST, LOST -> value;
    };
  }
}
