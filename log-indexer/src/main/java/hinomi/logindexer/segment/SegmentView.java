package hinomi.logindexer.segment;

import hinomi.model.Labels;
import hinomi.model.Unavailable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BytesRef;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A segment as its last commit left it, for one search. Whoever took it closes it. A file that
/// cannot be read is told once and answered as [Unavailable]: an answer that silently lacks a day
/// would be worse than none.
public final class SegmentView implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SegmentView.class);

  private final Path folder;
  private final Span span;
  private final DirectoryReader reader;
  private final Map<BytesRef, Labels> streams;
  private final AtomicBoolean suspected;

  /// @param streams all streams of the segment by their terms
  SegmentView(
      Path folder,
      Span span,
      DirectoryReader reader,
      Map<BytesRef, Labels> streams,
      AtomicBoolean suspected) {
    this.folder = folder;
    this.span = span;
    this.reader = reader;
    this.streams = streams;
    this.suspected = suspected;
  }

  /// Before this time nothing lies here, nanoseconds.
  public long start() {
    return span.start();
  }

  /// From this time on nothing lies here, nanoseconds.
  public long end() {
    return span.end();
  }

  /// The batches that may hold wanted lines, in no order.
  public List<StoredBatch> batches(BatchQuery query) {
    List<StoredBatch> found = new ArrayList<>();
    boolean tokens = query.hasTokens();
    visit(
        query,
        (columns, document, stream) -> {
          if (!tokens || query.tokensMayFit(columns.tokens(document))) {
            found.add(
                new StoredBatch(this, columns.leaf(), document, stream, columns.facts(document)));
          }
        });
    return found;
  }

  /// The streams that have a batch in the query's range, with what they hold there, by batch.
  public Map<Labels, Extent> extents(BatchQuery query) {
    Map<Labels, Extent> extents = new HashMap<>();
    visit(
        query,
        (columns, document, stream) ->
            extents.merge(stream, columns.extent(document), Extent::plus));
    return extents;
  }

  /// Is shown each matching document.
  @FunctionalInterface
  private interface Visitor {
    void document(Columns columns, int document, Labels stream) throws IOException;
  }

  private void visit(BatchQuery query, Visitor visitor) {
    try {
      IndexSearcher searcher = new IndexSearcher(reader);
      searcher.setQueryCache(null); // segments change with each commit; nothing would be hit
      Query lucene = searcher.rewrite(restricted(query));
      Weight weight = searcher.createWeight(lucene, ScoreMode.COMPLETE_NO_SCORES, 1);
      for (LeafReaderContext leaf : reader.leaves()) {
        Scorer scorer = weight.scorer(leaf);
        if (scorer != null) {
          visit(leaf.reader(), scorer.iterator(), visitor);
        }
      }
    } catch (IOException | InternalError e) {
      throw suspect(e);
    }
  }

  private void visit(LeafReader leaf, DocIdSetIterator documents, Visitor visitor)
      throws IOException {
    Columns columns = new Columns(leaf);
    SortedDocValues terms = DocValues.getSorted(leaf, BatchDocument.STREAM);
    Labels[] known = new Labels[terms.getValueCount()];
    int document = documents.nextDoc();
    while (document != DocIdSetIterator.NO_MORE_DOCS) {
      if (terms.advanceExact(document)) {
        int ordinal = terms.ordValue();
        Labels stream = known[ordinal];
        if (stream == null) {
          stream = streams.get(terms.lookupOrd(ordinal));
          if (stream == null) {
            throw new IOException("a batch is of a stream that is not in the dictionary");
          }
          known[ordinal] = stream;
        }
        visitor.document(columns, document, stream);
      }
      document = documents.nextDoc();
    }
  }

  private Query restricted(BatchQuery query) {
    Set<BytesRef> wanted = new HashSet<>();
    streams.forEach((term, labels) -> {
      if (query.streams().test(labels)) {
        wanted.add(term);
      }
    });
    if (wanted.isEmpty()) {
      return new MatchNoDocsQuery("no stream matches");
    }
    if (wanted.size() == streams.size()) {
      return query.toLucene();
    }
    return new BooleanQuery.Builder()
        .add(new TermInSetQuery(BatchDocument.STREAM, wanted), Occur.FILTER)
        .add(query.toLucene(), Occur.FILTER)
        .build();
  }

  /// A mapped file that lost its blocks is an `InternalError`, not an `IOException`.
  Unavailable suspect(Throwable cause) {
    if (suspected.compareAndSet(false, true)) {
      log.atError().addKeyValue("segment", folder).setCause(cause).log("log segment unreadable");
    }
    return new Unavailable("log segment " + folder.getFileName() + " cannot be read", cause);
  }

  @Override
  public void close() {
    try {
      reader.decRef();
    } catch (IOException e) {
      throw suspect(e);
    }
  }
}
