package hinomi.logindexer.segment;

import java.io.IOException;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.util.BytesRef;

/// What is known of each batch of one leaf without its lines. Documents are asked for in rising
/// order. One thread.
final class Columns {
  private final LeafReader leaf;
  private final NumericDocValues min;
  private final NumericDocValues max;
  private final NumericDocValues order;
  private final NumericDocValues lines;
  private final NumericDocValues bytes;
  private final BinaryDocValues tokens;

  Columns(LeafReader leaf) throws IOException {
    this.leaf = leaf;
    this.min = DocValues.getNumeric(leaf, BatchDocument.MIN);
    this.max = DocValues.getNumeric(leaf, BatchDocument.MAX);
    this.order = DocValues.getNumeric(leaf, BatchDocument.ORDER);
    this.lines = DocValues.getNumeric(leaf, BatchDocument.LINES);
    this.bytes = DocValues.getNumeric(leaf, BatchDocument.BYTES);
    this.tokens = DocValues.getBinary(leaf, BatchDocument.TOKENS);
  }

  LeafReader leaf() {
    return leaf;
  }

  StoredBatch.Facts facts(int document) throws IOException {
    return new StoredBatch.Facts(
        number(min, document), number(max, document), number(order, document));
  }

  Extent extent(int document) throws IOException {
    return new Extent(1, number(lines, document), number(bytes, document));
  }

  /// The batch's token filter; valid until the next document.
  BytesRef tokens(int document) throws IOException {
    if (!tokens.advanceExact(document)) {
      throw new IOException("a batch has no token filter");
    }
    return tokens.binaryValue();
  }

  private static long number(NumericDocValues values, int document) throws IOException {
    if (!values.advanceExact(document)) {
      throw new IOException("a batch lacks a number");
    }
    return values.longValue();
  }
}
