package hinomi.jmh;

import hinomi.model.LabelBytes;
import hinomi.model.Labels;
import hinomi.model.WriteBatch;
import java.util.ArrayList;
import java.util.List;

/// Series as hosts have them, 100 a host: counters of CPU time by core and mode, two labels of
/// which a query groups by. Values are made from the series' number and the time alone, so that
/// whatever is written can be written again.
final class Hosts {
  static final int SERIES_PER_HOST = 100;
  static final String METRIC = "node_cpu_seconds_total";
  static final long STEP = 15_000;
  private static final String[] MODES = {"idle", "iowait", "system", "user"};

  private Hosts() {}

  static Labels labels(int series) {
    int host = series / SERIES_PER_HOST;
    int own = series % SERIES_PER_HOST;
    return Labels.of(
        Labels.NAME,
        METRIC,
        "cpu",
        Integer.toString(own / MODES.length),
        "dc",
        host % 2 == 0 ? "tokyo-1" : "osaka-1",
        "instance",
        String.format("host-%05d:9100", host),
        "job",
        "node",
        "mode",
        MODES[own % MODES.length]);
  }

  /// A counter in hundredths that does not rise evenly.
  static double value(int series, long time) {
    long scrape = time / STEP;
    long jitter = (scrape * 0x9E3779B97F4A7C15L + series * 31L) >>> 58;
    return (1000 + (scrape % 100_000) * (100 + series % 7 * 50) + jitter) / 100.0;
  }

  /// The names of some series as they stand in a message, to be sent again and again.
  record Names(byte[] bytes, int[] ends, int first) {
    static Names of(int first, int count) {
      byte[][] all = new byte[count][];
      int length = 0;
      for (int i = 0; i < count; i++) {
        all[i] = LabelBytes.encode(labels(first + i));
        length += all[i].length;
      }
      byte[] bytes = new byte[length];
      int[] ends = new int[count];
      int at = 0;
      for (int i = 0; i < count; i++) {
        System.arraycopy(all[i], 0, bytes, at, all[i].length);
        at += all[i].length;
        ends[i] = at;
      }
      return new Names(bytes, ends, first);
    }

    /// One sample of each.
    WriteBatch at(long time) {
      WriteBatch batch = new WriteBatch(bytes, ends.length, ends.length);
      int from = 0;
      for (int i = 0; i < ends.length; i++) {
        batch.series(from, ends[i]);
        batch.point(time, value(first + i, time));
        from = ends[i];
      }
      return batch;
    }
  }

  /// All series of some hosts, cut as senders cut them.
  static List<Names> names(int series, int perBatch) {
    List<Names> batches = new ArrayList<>();
    for (int first = 0; first < series; first += perBatch) {
      batches.add(Names.of(first, Math.min(perBatch, series - first)));
    }
    return batches;
  }
}
