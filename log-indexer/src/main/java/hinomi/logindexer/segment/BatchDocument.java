package hinomi.logindexer.segment;

import hinomi.logindexer.batch.Batch;
import hinomi.logindexer.layout.BytesIn;
import hinomi.logindexer.layout.BytesOut;
import hinomi.logindexer.layout.Payload;
import hinomi.logindexer.words.BatchWords;
import hinomi.model.Labels;
import hinomi.model.LogRecord;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.LongRange;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.util.BytesRef;

/// The fields of a batch's document. Listed in `docs/formats/log-indexer.md`.
final class BatchDocument {
  static final String STREAM = "stream";
  static final String WORDS = "words";
  static final String TIME = "time";
  static final String MIN = "min";
  static final String MAX = "max";
  static final String LINES = "lines";
  static final String BYTES = "bytes";
  static final String ORDER = "order";
  static final String TOKENS = "tokens";
  static final String PAYLOAD = "payload";

  private static final FieldType WORDS_TYPE = new FieldType();

  static {
    WORDS_TYPE.setIndexOptions(IndexOptions.DOCS);
    WORDS_TYPE.setOmitNorms(true);
    WORDS_TYPE.freeze();
  }

  private BatchDocument() {}

  /// @param order rises with arrival: the journal number of the generation
  static Document of(Batch batch, long order) {
    BatchWords words = new BatchWords();
    long bytes = 0;
    for (LogRecord line : batch.lines()) {
      words.add(line.line());
      bytes += line.line().length();
    }
    BytesRef stream = new BytesRef(encode(batch.stream()));
    Document document = new Document();
    document.add(new StringField(STREAM, stream, Field.Store.NO));
    document.add(new SortedDocValuesField(STREAM, stream));
    document.add(new Field(WORDS, new Terms(words.terms()), WORDS_TYPE));
    document.add(new LongRange(TIME, new long[] {batch.min()}, new long[] {batch.max()}));
    document.add(new NumericDocValuesField(MIN, batch.min()));
    document.add(new NumericDocValuesField(MAX, batch.max()));
    document.add(new NumericDocValuesField(LINES, batch.lines().size()));
    document.add(new NumericDocValuesField(BYTES, bytes));
    document.add(new NumericDocValuesField(ORDER, order));
    document.add(new BinaryDocValuesField(TOKENS, new BytesRef(words.tokenFilter())));
    document.add(new BinaryDocValuesField(PAYLOAD, new BytesRef(Payload.encode(batch.lines()))));
    return document;
  }

  private static byte[] encode(Labels stream) {
    return new BytesOut().labels(stream).toBytes();
  }

  static Labels decode(BytesRef stream) throws IOException {
    return new BytesIn(stream.bytes, stream.offset, stream.offset + stream.length).labels();
  }

  static BytesRef term(Labels stream) {
    return new BytesRef(encode(stream));
  }

  /// Hands a list of terms to Lucene.
  private static final class Terms extends TokenStream {
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final Iterator<String> texts;

    Terms(List<String> texts) {
      this.texts = texts.iterator();
    }

    @Override
    public boolean incrementToken() {
      clearAttributes();
      if (!texts.hasNext()) {
        return false;
      }
      term.setEmpty().append(texts.next());
      return true;
    }
  }
}
