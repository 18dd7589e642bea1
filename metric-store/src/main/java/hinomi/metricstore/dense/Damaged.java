package hinomi.metricstore.dense;

/// Bytes that no encoder wrote. A checksum stands outside of what is decoded here, so this is the
/// second line: whatever the bytes, decoding ends, allocates within its limits and never gives more
/// samples than were asked for.
public final class Damaged extends RuntimeException {
  private static final long serialVersionUID = 1;

  Damaged(String what) {
    super(what);
  }

  Damaged(String what, Throwable cause) {
    super(what, cause);
  }
}
