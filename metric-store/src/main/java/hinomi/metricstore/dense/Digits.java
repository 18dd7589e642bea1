package hinomi.metricstore.dense;

/// Digits of a base, several packed into one number: as a binary fraction, so that each digit comes
/// out by one multiplication (the integer part) and the rest stays (the fraction). The fraction of
/// `width` bits is `⌈n · 2^width / base^count⌉`; since `2^width ≥ base^count`, its rounding never
/// reaches the next digit.
///
/// @param base 2…256
/// @param count digits per number
/// @param width bits per number; fraction times base stays within 31 bits
record Digits(int base, int count, int width) {
  /// The largest base that [#packing] is for.
  static final int MAX_PACKED = 31;

  static final Digits NONE = new Digits(1, 1, 0);

  private static final Digits[] PACKINGS = new Digits[MAX_PACKED + 1];
  private static final int MAX_COUNT = 16;

  static {
    for (int base = 2; base <= MAX_PACKED; base++) {
      PACKINGS[base] = best(base);
    }
  }

  /// As many digits as cost the fewest bits each.
  static Digits packing(int base) {
    return PACKINGS[base];
  }

  /// So many digits in the fewest bits.
  static Digits of(int base, int count) {
    long all = 1;
    for (int i = 0; i < count; i++) {
      all *= base;
    }
    return new Digits(base, count, 64 - Long.numberOfLeadingZeros(all - 1));
  }

  private static Digits best(int base) {
    Digits best = of(base, 1);
    for (int count = 2; count <= MAX_COUNT; count++) {
      Digits digits = of(base, count);
      if (digits.width + 32 - Integer.numberOfLeadingZeros(base) > 31) {
        break;
      }
      if (digits.bits() < best.bits() - 1e-9) {
        best = digits;
      }
    }
    return best;
  }

  /// Bits a digit.
  double bits() {
    return (double) width / count;
  }

  /// How many numbers hold so many digits.
  int groups(int digits) {
    return (digits + count - 1) / count;
  }

  /// `base^count`.
  int combinations() {
    long all = 1;
    for (int i = 0; i < count; i++) {
      all *= base;
    }
    return Math.toIntExact(all);
  }

  /// The number of group `t`: digit `j` of it is element `j·groups + t`, those behind the end are
  /// 0.
  int number(int[] digits, int length, int groups, int t) {
    int number = 0;
    for (int j = 0; j < count; j++) {
      int at = j * groups + t;
      number = number * base + (at < length ? digits[at] : 0);
    }
    return number;
  }

  int fraction(int number) {
    long all = combinations();
    return (int) ((((long) number << width) + all - 1) / all);
  }

  /// Adds each digit, shifted, to its element `into[from…to)`: the reverse of [#number].
  ///
  /// @param row scratch as long as `into`
  void spread(Groups groups, int shift, int[] row, int[] into, Range range) {
    int power = 1;
    for (int j = 0; j < count && j * groups.count < range.to; j++) {
      int zero = j * groups.count;
      int begin = Math.max(range.from, zero);
      int end = Math.min(range.to, zero + groups.count);
      if (begin < end) {
        System.arraycopy(groups.fractions, begin - zero, row, begin, end - begin);
        add(row, power, shift, into, new Range(begin, end));
      }
      power *= base;
    }
  }

  /// Numbers as fractions.
  @SuppressWarnings("ArrayRecordComponent") // scratch of a decoder
  record Groups(int[] fractions, int count) {}

  /// Elements of an array.
  record Range(int from, int to) {}

  // A fraction times base^j wraps, but only above its bits. Both arrays have the same index: only
  // then can the compiler rule out that they overlap.
  private void add(int[] row, int power, int shift, int[] into, Range range) {
    int mask = (1 << width) - 1;
    int base = this.base;
    int width = this.width;
    int to = range.to;
    for (int i = range.from; i < to; i++) {
      into[i] += ((((row[i] * power) & mask) * base) >>> width) << shift;
    }
  }

  /// Which groups hold the digits of a range.
  Range groupsOf(int groups, int from, int to) {
    int row = from / groups;
    return row == (to - 1) / groups
        ? new Range(from - row * groups, to - row * groups)
        : new Range(0, groups);
  }
}
