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

  /// Adds each digit, shifted, to its element: the reverse of [#number] over all groups.
  ///
  /// @param fractions used up
  /// @param needed how many of the first elements are wanted
  void spread(int[] fractions, int groups, int shift, int[] into, int needed) {
    int mask = (1 << width) - 1;
    for (int j = 0; j < count && j * groups < needed; j++) {
      int length = Math.min(groups, needed - j * groups);
      spread(fractions, mask, shift, into, j * groups, length);
    }
  }

  private void spread(int[] fractions, int mask, int shift, int[] into, int at, int length) {
    int base = this.base;
    int width = this.width;
    for (int t = 0; t < length; t++) {
      int product = fractions[t] * base;
      into[at + t] += (product >>> width) << shift;
      fractions[t] = product & mask;
    }
  }
}
