package hinomi.model.histogram;

import hinomi.model.Histogram;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/// The buckets on one side of zero, by their index, open to change. Beside each count stands what
/// rounding lost of it (Kahan), so that long sums stay exact. Indices rise.
final class Side {
  private int[] indices;
  private double[] counts;
  private double[] lost;
  private int size;

  private Side(int[] indices, double[] counts, double[] lost, int size) {
    this.indices = indices;
    this.counts = counts;
    this.lost = lost;
    this.size = size;
  }

  static Side empty() {
    return new Side(new int[0], new double[0], new double[0], 0);
  }

  /// Empty buckets included.
  static Side of(Histogram.Buckets buckets) {
    int size = buckets.counts().length;
    return size == 0
        ? empty()
        : new Side(indices(buckets), buckets.counts().clone(), new double[size], size);
  }

  static int[] indices(Histogram.Buckets buckets) {
    int[] indices = new int[buckets.counts().length];
    int[] spans = buckets.spans();
    int at = 0;
    int index = 0;
    for (int span = 0; span < spans.length; span += 2) {
      index += spans[span];
      for (int i = 0; i < spans[span + 1] && at < indices.length; i++) {
        indices[at++] = index++;
      }
    }
    return indices;
  }

  int size() {
    return size;
  }

  int index(int i) {
    return indices[i];
  }

  double count(int i) {
    return counts[i];
  }

  /// What a count comes to with what was lost of it.
  double total(int i) {
    return Kahan.total(counts[i], lost[i]);
  }

  void set(int i, double count) {
    counts[i] = count;
    lost[i] = 0;
  }

  void add(Side other, double sign) {
    if (!hasIndicesOf(other)) {
      widenTo(other);
    }
    int at = 0;
    for (int i = 0; i < other.size; i++) {
      while (indices[at] != other.indices[i]) {
        at++;
      }
      increase(at, sign * other.counts[i]);
      increase(at, sign * other.lost[i]);
    }
  }

  private boolean hasIndicesOf(Side other) {
    return size == other.size && Arrays.equals(indices, 0, size, other.indices, 0, size);
  }

  /// Makes room, with counts of zero, for all buckets of another.
  private void widenTo(Side other) {
    Side wide =
        new Side(
            new int[size + other.size],
            new double[size + other.size],
            new double[size + other.size],
            0);
    int a = 0;
    int b = 0;
    while (a < size || b < other.size) {
      boolean mine = b == other.size || (a < size && indices[a] <= other.indices[b]);
      int index = mine ? indices[a] : other.indices[b];
      wide.indices[wide.size] = index;
      if (mine) {
        wide.counts[wide.size] = counts[a];
        wide.lost[wide.size] = lost[a++];
      }
      if (b < other.size && other.indices[b] == index) {
        b++;
      }
      wide.size++;
    }
    take(wide);
  }

  private void take(Side other) {
    indices = other.indices;
    counts = other.counts;
    lost = other.lost;
    size = other.size;
  }

  private void increase(int at, double value) {
    double next = counts[at] + value;
    lost[at] = Kahan.lost(counts[at], lost[at], value, next);
    counts[at] = next;
  }

  /// Merges buckets: each goes where the function says. It may not fall when indices rise.
  void merge(IntUnaryOperator target) {
    Side merged = new Side(new int[size], new double[size], new double[size], 0);
    for (int i = 0; i < size; i++) {
      int index = target.applyAsInt(indices[i]);
      int last = merged.size - 1;
      if (last >= 0 && merged.indices[last] == index) {
        merged.increase(last, counts[i]);
        merged.increase(last, lost[i]);
      } else {
        merged.indices[merged.size] = index;
        merged.counts[merged.size] = counts[i];
        merged.lost[merged.size++] = lost[i];
      }
    }
    take(merged);
  }

  /// To the buckets of a coarser schema.
  void reduce(int from, int to) {
    int shift = from - to;
    merge(index -> ((index - 1) >> shift) + 1);
  }

  /// Forgets buckets at the beginning.
  void cutFirst(int number) {
    indices = Arrays.copyOfRange(indices, number, size);
    counts = Arrays.copyOfRange(counts, number, size);
    lost = Arrays.copyOfRange(lost, number, size);
    size -= number;
  }

  void clear() {
    size = 0;
  }

  void multiply(double factor) {
    for (int i = 0; i < size; i++) {
      counts[i] *= factor;
      lost[i] *= factor;
    }
  }

  void divide(double divisor) {
    for (int i = 0; i < size; i++) {
      counts[i] /= divisor;
      lost[i] /= divisor;
    }
  }

  /// The largest count, its sign left aside.
  double largest() {
    double largest = 0;
    for (int i = 0; i < size; i++) {
      largest = Math.max(largest, Math.abs(counts[i]));
    }
    return largest;
  }

  /// The buckets that are not empty.
  Histogram.Buckets buckets() {
    int[] spans = new int[2 * size];
    double[] kept = new double[size];
    int runs = 0;
    int number = 0;
    int next = 0;
    for (int i = 0; i < size; i++) {
      double total = total(i);
      if (total == 0) {
        continue;
      }
      if (runs == 0 || indices[i] != next) {
        spans[2 * runs] = indices[i] - next;
        runs++;
      }
      spans[2 * runs - 1]++;
      next = indices[i] + 1;
      kept[number++] = total;
    }
    return number == 0
        ? Histogram.Buckets.NONE
        : new Histogram.Buckets(Arrays.copyOf(spans, 2 * runs), Arrays.copyOf(kept, number));
  }

  /// The same buckets with the same counts, to the last bit; how they are cut into runs does not
  /// matter.
  static boolean same(Histogram.Buckets one, Histogram.Buckets other) {
    return Arrays.equals(one.counts(), other.counts())
        && (Arrays.equals(one.spans(), other.spans())
            || Arrays.equals(indices(one), indices(other)));
  }
}
