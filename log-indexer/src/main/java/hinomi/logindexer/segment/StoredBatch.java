package hinomi.logindexer.segment;

import hinomi.logindexer.layout.Block;
import hinomi.logindexer.layout.Payload;
import hinomi.model.Labels;
import hinomi.model.Unavailable;
import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.util.BytesRef;

/// A batch in a segment that may hold lines that are wanted; its lines are read when asked for.
/// Valid while its [SegmentView] is open.
public final class StoredBatch {
  private final SegmentView view;
  private final LeafReader leaf;
  private final int document;
  private final Labels stream;
  private final long min;
  private final long max;
  private final long order;

  StoredBatch(SegmentView view, LeafReader leaf, int document, Labels stream, Facts facts) {
    this.view = view;
    this.leaf = leaf;
    this.document = document;
    this.stream = stream;
    this.min = facts.min();
    this.max = facts.max();
    this.order = facts.order();
  }

  /// What is known of a batch without its lines.
  record Facts(long min, long max, long order) {}

  public Labels stream() {
    return stream;
  }

  /// The time of its first line, nanoseconds.
  public long min() {
    return min;
  }

  /// The time of its last line, nanoseconds.
  public long max() {
    return max;
  }

  /// Rises with arrival.
  public long order() {
    return order;
  }

  /// Reads the lines; bytes that are damaged are an [Unavailable] that names the segment.
  public Block read() {
    try {
      BinaryDocValues payloads = leaf.getBinaryDocValues(BatchDocument.PAYLOAD);
      if (payloads == null || !payloads.advanceExact(document)) {
        throw new IOException("a batch has no payload");
      }
      BytesRef bytes = payloads.binaryValue();
      return Payload.decode(
          stream, Arrays.copyOfRange(bytes.bytes, bytes.offset, bytes.offset + bytes.length));
    } catch (IOException | InternalError e) {
      throw view.suspect(e);
    }
  }
}
