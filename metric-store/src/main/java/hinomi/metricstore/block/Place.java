package hinomi.metricstore.block;

/// Where a chunk lies and what it holds.
///
/// @param times its column of times, or what stands for one
/// @param offset of its values in the file
/// @param length of its values in bytes
/// @param encoding how they are packed
/// @param checksum CRC32C of their bytes
record Place(Times times, long offset, int length, Encoding encoding, int checksum) {
  /// A column of times, which any number of chunks share: those of the series that are scraped
  /// together.
  ///
  /// @param number of this column in the block
  /// @param offset in the file
  /// @param length in bytes; 0 where the values bring their own times
  /// @param count of samples
  /// @param first timestamp of the earliest sample
  /// @param last timestamp of the latest sample
  /// @param checksum CRC32C of its bytes
  record Times(
      int number, long offset, int length, int count, long first, long last, int checksum) {
    /// How long an entry of the table of columns is.
    static final int ENTRY = 36;
  }

  long first() {
    return times.first();
  }

  long last() {
    return times.last();
  }

  int count() {
    return times.count();
  }
}
