package hinomi.metricstore.dense;

import hinomi.metricstore.disk.ByteSink;

/// Entropy coding with a static table: "tabled asymmetric numeral systems" (Duda 2013,
/// arXiv:1311.2540), four states in turn on one stream of bits. The table is described by a
/// logarithmic weight of four bits a symbol, from which writer and reader compute the same slots.
/// One thread.
final class Tans {
  static final int STATES = 4;
  static final int MAX_SYMBOLS = 256;
  static final int LEVELS = 16;

  /// Shares of the levels, three quarters of a binary order apart; level 0 never occurs.
  private static final int[] WEIGHTS = new int[LEVELS];

  private static final double LEVELS_PER_BIT = 4.0 / 3;

  static {
    for (int level = 1; level < LEVELS; level++) {
      WEIGHTS[level] = (int) Math.round(8 * Math.pow(2, (level - 1) / LEVELS_PER_BIT));
    }
  }

  private final int[] levels = new int[MAX_SYMBOLS];
  private final int[] slots = new int[MAX_SYMBOLS];
  private final int[] next = new int[MAX_SYMBOLS];
  private final int[] table = new int[1 << 11];
  private final int[] begins = new int[MAX_SYMBOLS];
  private final int[] states = new int[1 << 11];
  private int symbols;
  private int bits;

  /// Sets the table for what was counted.
  ///
  /// @param symbols how many there are, 2…256
  void fit(int[] counts, int symbols) {
    int most = 1;
    for (int s = 0; s < symbols; s++) {
      most = Math.max(most, counts[s]);
    }
    for (int s = 0; s < symbols; s++) {
      levels[s] =
          counts[s] == 0
              ? 0
              : (int)
                  Math.max(
                      1, Math.round(LEVELS - 1 + LEVELS_PER_BIT * log2((double) counts[s] / most)));
    }
    divide(symbols);
  }

  private static double log2(double value) {
    return Math.log(value) / Math.log(2);
  }

  /// How many bits so many of each symbol take with this table.
  double cost(int[] counts) {
    double cost = 4.0 * symbols + STATES * bits;
    for (int s = 0; s < symbols; s++) {
      if (counts[s] > 0) {
        cost += counts[s] * (bits - log2(slots[s]));
      }
    }
    return cost;
  }

  void putTable(ByteSink out) {
    BitSink sink = new BitSink(out);
    for (int s = 0; s < symbols; s++) {
      sink.put(levels[s], 4);
    }
    sink.flush();
  }

  void takeTable(DenseInput in, int symbolCount) {
    int heaviest = 0;
    for (int s = 0; s < symbolCount; s += 2) {
      int pair = in.takeByte();
      levels[s] = pair & 15;
      heaviest = Math.max(heaviest, Math.max(pair & 15, pair >>> 4));
      if (s + 1 < symbolCount) {
        levels[s + 1] = pair >>> 4;
      }
    }
    if (heaviest == 0) {
      throw new Damaged("a table without symbols");
    }
    divide(symbolCount);
  }

  /// Shares the slots out by weight, at least one for every symbol that occurs.
  private void divide(int symbolCount) {
    symbols = symbolCount;
    bits = symbolCount <= 64 ? 9 : symbolCount <= 128 ? 10 : 11;
    int size = 1 << bits;
    long sum = 0;
    for (int s = 0; s < symbols; s++) {
      sum += WEIGHTS[levels[s]];
    }
    if (sum == 0) {
      throw new Damaged("a table without symbols");
    }
    long before = 0;
    int owed = 0;
    for (int s = 0; s < symbols; s++) {
      long after = before + WEIGHTS[levels[s]];
      slots[s] = (int) (after * size / sum - before * size / sum);
      if (slots[s] == 0 && levels[s] > 0) {
        slots[s] = 1;
        owed++;
      }
      before = after;
    }
    for (int s = 0; owed > 0; s = s + 1 == symbols ? 0 : s + 1) {
      if (slots[s] > 1) {
        slots[s]--;
        owed--;
      }
    }
  }

  /// Lays the symbols out over the states, each symbol's slots far apart.
  private void layOut() {
    int size = 1 << bits;
    int step = (size >>> 1) + (size >>> 3) + 3;
    int at = 0;
    for (int s = 0; s < symbols; s++) {
      for (int i = 0; i < slots[s]; i++) {
        table[at] = s;
        at = (at + step) & (size - 1);
      }
    }
  }

  /// Makes the table for reading: what a state gives, how many bits it then takes and to which they
  /// are added: `base 16 │ bits 8 │ output 8`.
  private void prepareReading(int[] outputs) {
    layOut();
    System.arraycopy(slots, 0, next, 0, symbols);
    int size = 1 << bits;
    for (int x = 0; x < size; x++) {
      int s = table[x];
      int number = next[s]++;
      int taken = bits - (31 - Integer.numberOfLeadingZeros(number));
      table[x] = (((number << taken) - size) << 16) | (taken << 8) | outputs[s];
    }
  }

  /// Decodes the first symbols; the table must have been taken before.
  ///
  /// @param outputs what to give for each symbol, 0…255
  void decode(DenseInput in, int[] outputs, int[] into, int count) {
    prepareReading(outputs);
    int mask = (1 << bits) - 1;
    long start = in.wordAt(in.position(), 0);
    int a = (int) start & mask;
    int b = (int) (start >>> bits) & mask;
    int c = (int) (start >>> (2 * bits)) & mask;
    int d = (int) (start >>> (3 * bits)) & mask;
    long position = 8L * in.position() + (long) STATES * bits;
    byte[] bytes = in.array();
    int whole = count & -STATES;
    int[] table = this.table;
    int t = 0;
    for (; t < whole; t += STATES) {
      long word = DenseInput.word(bytes, (int) (position >>> 3)) >>> (int) (position & 7);
      int first = table[a];
      int second = table[b];
      int third = table[c];
      int fourth = table[d];
      into[t] = first & 0xFF;
      into[t + 1] = second & 0xFF;
      into[t + 2] = third & 0xFF;
      into[t + 3] = fourth & 0xFF;
      int taken = (first >>> 8) & 0xFF;
      int sum = taken;
      a = (first >>> 16) + ((int) word & ((1 << taken) - 1));
      taken = (second >>> 8) & 0xFF;
      b = (second >>> 16) + ((int) (word >>> sum) & ((1 << taken) - 1));
      sum += taken;
      taken = (third >>> 8) & 0xFF;
      c = (third >>> 16) + ((int) (word >>> sum) & ((1 << taken) - 1));
      sum += taken;
      taken = (fourth >>> 8) & 0xFF;
      d = (fourth >>> 16) + ((int) (word >>> sum) & ((1 << taken) - 1));
      position += sum + taken;
    }
    int[] rest = {a, b, c};
    for (; t < count; t++) {
      int entry = table[rest[t - whole]];
      into[t] = entry & 0xFF;
    }
  }

  /// Encodes, from the end to the front, beginning in state 0; the table must have been fitted to
  /// the same symbols.
  void encode(int[] message, int count, ByteSink out) {
    layOut();
    int size = 1 << bits;
    int begin = 0;
    for (int s = 0; s < symbols; s++) {
      begins[s] = begin - slots[s];
      next[s] = begin;
      begin += slots[s];
    }
    for (int x = 0; x < size; x++) {
      states[next[table[x]]++] = x;
    }
    int[] pieces = new int[count];
    int[] state = new int[STATES];
    for (int t = count - 1; t >= 0; t--) {
      int s = message[t];
      int lane = t & (STATES - 1);
      int number = state[lane] + size;
      int taken = bits - (31 - Integer.numberOfLeadingZeros(slots[s]));
      if (number >>> taken < slots[s]) {
        taken--;
      }
      pieces[t] = (number & ((1 << taken) - 1)) | (taken << 16);
      state[lane] = states[begins[s] + (number >>> taken)];
    }
    BitSink sink = new BitSink(out);
    for (int lane = 0; lane < STATES; lane++) {
      sink.put(state[lane], bits);
    }
    for (int t = 0; t < count; t++) {
      sink.put(pieces[t] & 0xFFFF, pieces[t] >>> 16);
    }
    sink.flush();
  }
}
