package hinomi.metricstore.dense;

/// How the bits of a residual are spread over columns of ints: in one, if it fits 31 bits with its
/// digit, else the low 32 bits apart from those above.
///
/// @param wide whether low bits have a column of their own
/// @param lowWidth width of the low column; of all low bits if there is one column alone
/// @param middleWidth low bits that are above the low column
record Layout(boolean wide, int lowWidth, int middleWidth) {
  /// @param shift low bits, 0…64
  /// @param base of the digit above them, 1 if there is none
  static Layout of(int shift, int base) {
    int digit = 32 - Integer.numberOfLeadingZeros(base - 1);
    boolean wide = shift + digit > 31;
    int lowWidth = Math.min(shift, 32);
    return new Layout(wide, lowWidth, shift - lowWidth);
  }
}
