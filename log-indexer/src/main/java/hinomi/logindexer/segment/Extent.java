package hinomi.logindexer.segment;

/// How much a stream, or all that were asked for, hold.
///
/// @param bytes characters of text
public record Extent(long batches, long lines, long bytes) {
  public static final Extent NONE = new Extent(0, 0, 0);

  public Extent plus(Extent other) {
    return new Extent(batches + other.batches, lines + other.lines, bytes + other.bytes);
  }
}
