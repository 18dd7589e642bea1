package hinomi.metricstore.rollup;

import hinomi.metricstore.block.Block;
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
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// How buckets lie in blocks: each column is a series with a label more, whose samples stand at the
/// ends of the buckets; all columns of all series that are scraped together share these times. The
/// times of a bucket's first and last sample are stored as their distance from its begin and end.
/// Stateless.
final class Columns {
  /// U+FFFF, which is no character: it is behind all other names, so that the columns of a series
  /// are neighbours.
  static final String LABEL = "\uFFFF";

  /// The column of start timestamps: the newest of each bucket, at its end. Buckets do not tell
  /// where a count began; this tells that samples do.
  static final String STARTS = "starts";

  private Columns() {}

  static String text(Column column) {
    return column.name().toLowerCase(Locale.ROOT);
  }

  /// The columns of numbers that have to be read for some.
  static Set<String> wanted(Set<Column> columns) {
    return columns.stream().map(Columns::text).collect(Collectors.toCollection(TreeSet::new));
  }

  /// The matchers that find one column of some series.
  ///
  /// @param column its text
  static List<Matcher> matchers(List<Matcher> matchers, String column) {
    List<Matcher> more = new ArrayList<>(matchers);
    more.add(Matcher.equal(LABEL, column));
    return more;
  }

  /// Whether a block of buckets has a column of any series.
  static boolean isIn(Block block, String column) {
    return block.labelValues(LABEL).contains(column);
  }

  /// Whether a series can be rolled up: what is no character is in no name but for mischief.
  static boolean fits(Labels labels) {
    return !labels.has(LABEL);
  }

  /// The series without its column.
  static Labels bare(Labels labels) {
    return labels.without(LABEL);
  }

  /// Buckets as series to be written, sorted.
  ///
  /// @param starts the newest start timestamp of buckets, by their ends
  static List<StoredSeries> stored(
      Labels labels, Rolled buckets, SortedMap<Long, Double> starts, long width) {
    Map<String, StoredSeries> columns = new TreeMap<>();
    for (Column column : Column.values()) {
      Labels own = labels.with(LABEL, text(column));
      if (buckets.size() > 0) {
        columns.put(text(column), new Stored(own, column, buckets, width));
      }
    }
    HistogramColumns.store(labels, buckets, width, columns);
    if (!starts.isEmpty()) {
      columns.put(STARTS, new Starts(labels.with(LABEL, STARTS), starts));
    }
    return List.copyOf(columns.values());
  }

  private record Starts(Labels labels, SortedMap<Long, Double> starts) implements StoredSeries {
    @Override
    public int size() {
      return starts.size();
    }

    @Override
    public void read(Points into) {
      starts.forEach(into::add);
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
  ///
  /// @param pieces by text of the column
  static void read(Map<String, List<Piece>> pieces, Tier tier, long from, long to, Rolled into) {
    Map<String, Points> read = new HashMap<>();
    pieces.forEach((column, own) -> {
      Points points = new Points(0);
      Pieces.read(own, from + 1, to, points);
      read.put(column, points);
    });
    align(read, tier, into);
  }

  /// Adds the buckets that all columns have.
  ///
  /// @param read by text of the column
  static void align(Map<String, Points> read, Tier tier, Rolled into) {
    HistogramColumns.align(read, tier, into);
    Column[] columns = into.columns().toArray(new Column[0]);
    Points[] own = new Points[columns.length];
    Arrays.setAll(own, c -> read.getOrDefault(text(columns[c]), new Points(0)));
    int[] at = new int[columns.length];
    Points leader = own[0];
    for (int i = 0; i < leader.size(); i++) {
      long end = leader.timestamp(i);
      boolean whole = true;
      for (int c = 0; c < columns.length; c++) {
        while (at[c] < own[c].size() && own[c].timestamp(at[c]) < end) {
          at[c]++;
        }
        whole &= at[c] < own[c].size() && own[c].timestamp(at[c]) == end;
      }
      if (whole) {
        int entry = into.add(end);
        for (int c = 0; c < columns.length; c++) {
          double value = own[c].value(at[c]);
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
