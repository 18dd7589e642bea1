package hinomi.metricstore.block;

/// Where a chunk lies and what it holds.
///
/// @param offset in the file
/// @param length in bytes
/// @param encoding how it is packed
/// @param count samples in it
/// @param first timestamp of its earliest sample
/// @param last timestamp of its latest sample
/// @param checksum CRC32C of its bytes
record Place(
    long offset, int length, Encoding encoding, int count, long first, long last, int checksum) {}
