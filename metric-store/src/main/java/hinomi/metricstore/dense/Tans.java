package hinomi.metricstore.dense;

import hinomi.metricstore.disk.ByteSink;

/// Entropy coding with a static table: "tabled asymmetric numeral systems" (Duda 2013,
/// arXiv:1311.2540), eight states in turn on one stream of bits. The table is described by a
/// logarithmic weight of four bits a symbol, from which writer and reader compute the same slots.
/// One thread.
final class Tans {
  static final int STATES = 8;
  static final int MAX_SYMBOLS = 256;
  static final int LEVELS = 16;

  /// Shares of the levels, three quarters of a binary order apart; level 0 never occurs. They
  /// belong to the format.
  private static final int[] WEIGHTS = {
    0, 8, 13, 23, 38, 64, 108, 181, 304, 512, 861, 1448, 2435, 4096, 6889, 11585
  };

  private static final double LEVELS_PER_BIT = 4.0 / 3;

  private final int[] levels = new int[MAX_SYMBOLS];
  private final int[] slots = new int[MAX_SYMBOLS];
  private final int[] next = new int[MAX_SYMBOLS];
  private final int[] table = new int[1 << 11];
  private final int[] begins = new int[MAX_SYMBOLS];
  private final int[] states = new int[1 << 11];
  private int[] pieces = {};
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
    double top = Log2.of(most);
    for (int s = 0; s < symbols; s++) {
      levels[s] =
          counts[s] == 0
              ? 0
              : (int)
                  Math.max(1, Math.round(LEVELS - 1 + LEVELS_PER_BIT * (Log2.of(counts[s]) - top)));
    }
    divide(symbols);
  }

  /// How many bits so many of each symbol take with this table.
  double cost(int[] counts) {
    double cost = 4.0 * symbols + STATES * bits;
    for (int s = 0; s < symbols; s++) {
      if (counts[s] > 0) {
        cost += counts[s] * (bits - Log2.of(slots[s]));
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
    int[] state = new int[STATES];
    for (int lane = 0; lane < STATES; lane++) {
      state[lane] = (int) in.wordAt(in.position(), (long) lane * bits) & mask;
    }
    long position = 8L * in.position() + (long) STATES * bits;
    int whole = count & -STATES;
    decodeWhole(in.array(), position, state, into, whole);
    for (int t = whole; t < count; t++) {
      into[t] = table[state[t - whole]] & 0xFF;
    }
  }

  // Half of the states at a time share a word. All states are locals: no symbol waits for memory
  // but the table.
  private void decodeWhole(byte[] bytes, long begin, int[] state, int[] into, int whole) {
    int[] table = this.table;
    long position = begin;
    int a = state[0];
    int b = state[1];
    int c = state[2];
    int d = state[3];
    int e = state[4];
    int f = state[5];
    int g = state[6];
    int h = state[7];
    for (int t = 0; t < whole; t += STATES) {
      a = table[a];
      b = table[b];
      c = table[c];
      d = table[d];
      e = table[e];
      f = table[f];
      g = table[g];
      h = table[h];
      into[t] = a & 0xFF;
      into[t + 1] = b & 0xFF;
      into[t + 2] = c & 0xFF;
      into[t + 3] = d & 0xFF;
      into[t + 4] = e & 0xFF;
      into[t + 5] = f & 0xFF;
      into[t + 6] = g & 0xFF;
      into[t + 7] = h & 0xFF;
      int two = width(a) + width(b);
      int four = two + width(c) + width(d);
      int six = width(e) + width(f);
      long word = DenseInput.word(bytes, (int) (position >>> 3)) >>> (int) (position & 7);
      position += four;
      long next = DenseInput.word(bytes, (int) (position >>> 3)) >>> (int) (position & 7);
      position += six + width(g) + width(h);
      b = after(b, word >>> width(a));
      a = after(a, word);
      d = after(d, word >>> (two + width(c)));
      c = after(c, word >>> two);
      f = after(f, next >>> width(e));
      e = after(e, next);
      h = after(h, next >>> (six + width(g)));
      g = after(g, next >>> six);
    }
    state[0] = a;
    state[1] = b;
    state[2] = c;
    state[3] = d;
    state[4] = e;
    state[5] = f;
    state[6] = g;
  }

  private static int width(int entry) {
    return (entry >>> 8) & 0xFF;
  }

  private static int after(int entry, long word) {
    return (entry >>> 16) + ((int) word & ((1 << width(entry)) - 1));
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
    if (pieces.length < count) {
      pieces = new int[count];
    }
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
