package hinomi.logindexer.segment;

import hinomi.disk.Durably;
import hinomi.logindexer.batch.Batch;
import hinomi.model.Labels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One Lucene index: the lines of one span of time. It is written by one thread at a time; searches
/// take views. Not safe by itself: what searches see changes in [#publish] and is taken in [#view],
/// which the owner's lock guards; [#commit] runs outside of it.
final class Segment {
  private static final Logger log = LoggerFactory.getLogger(Segment.class);
  private static final String SEQUENCE = "sequence";

  private final Path folder;
  private final Span span;
  private final Directory directory;
  private final AtomicBoolean suspected = new AtomicBoolean();
  private @Nullable IndexWriter writer;
  private @Nullable State state;

  /// What a commit holds.
  record State(DirectoryReader reader, Map<BytesRef, Labels> streams, long sequence) {}

  private Segment(Path folder, Span span, Directory directory) {
    this.folder = folder;
    this.span = span;
    this.directory = directory;
  }

  /// Opens what is there, or an empty segment; files that make no index are an [IOException].
  static Segment open(Path folder, Span span) throws IOException {
    Durably.createFolder(folder);
    Segment segment = new Segment(folder, span, Lucene.directory(folder));
    try {
      if (DirectoryReader.indexExists(segment.directory)) {
        segment.state = stateOf(DirectoryReader.open(segment.directory));
      }
      return segment;
    } catch (IOException | RuntimeException e) {
      segment.directory.close();
      throw e;
    }
  }

  private static State stateOf(DirectoryReader reader) throws IOException {
    Map<BytesRef, Labels> streams = new HashMap<>();
    Terms terms = MultiTerms.getTerms(reader, BatchDocument.STREAM);
    if (terms != null) {
      TermsEnum each = terms.iterator();
      BytesRef term = each.next();
      while (term != null) {
        streams.put(BytesRef.deepCopyOf(term), BatchDocument.decode(term));
        term = each.next();
      }
    }
    String sequence = reader.getIndexCommit().getUserData().getOrDefault(SEQUENCE, "0");
    return new State(reader, streams, Long.parseLong(sequence));
  }

  Path folder() {
    return folder;
  }

  /// Up to which journal number all lines of this span are held; 0 for none.
  long sequence() {
    State now = state;
    return now == null ? 0 : now.sequence;
  }

  /// What a commit made, until it is published.
  record Committed(State state) {}

  /// Writes batches and syncs them. After a failure the segment is as its last commit left it.
  Committed commit(List<Batch> batches, long sequence) throws IOException {
    try {
      IndexWriter open = writer;
      if (open == null) {
        open = new IndexWriter(directory, Lucene.writer());
        writer = open;
      }
      if (heldBy(open) < sequence) {
        for (Batch batch : batches) {
          open.addDocument(BatchDocument.of(batch, sequence));
        }
        open.setLiveCommitData(Map.of(SEQUENCE, Long.toString(sequence)).entrySet());
        open.commit();
      }
      State now = state;
      DirectoryReader fresh =
          now == null ? DirectoryReader.open(directory) : DirectoryReader.openIfChanged(now.reader);
      // Nothing is new when a commit that had succeeded is repeated.
      return new Committed(fresh != null ? stateOf(fresh) : Objects.requireNonNull(now));
    } catch (AlreadyClosedException e) {
      // A merge failed in the background and took the writer with it.
      abandonWriter();
      throw new IOException(e.getMessage(), e);
    } catch (IOException | RuntimeException e) {
      abandonWriter();
      throw e;
    }
  }

  /// A commit that succeeded just before a failure is found again when it is repeated.
  private static long heldBy(IndexWriter open) {
    Iterable<Map.Entry<String, String>> data = open.getLiveCommitData();
    if (data != null) {
      for (Map.Entry<String, String> each : data) {
        if (each.getKey().equals(SEQUENCE)) {
          return Long.parseLong(each.getValue());
        }
      }
    }
    return 0;
  }

  /// Shows a commit to searches from now on.
  void publish(Committed committed) throws IOException {
    State before = state;
    state = committed.state;
    if (before != null && !before.equals(committed.state)) {
      before.reader.decRef();
    }
  }

  /// The last published commit; none for a segment that was never written.
  Optional<SegmentView> view() {
    State now = state;
    if (now == null) {
      return Optional.empty();
    }
    now.reader.incRef();
    return Optional.of(new SegmentView(folder, span, now.reader, now.streams, suspected));
  }

  /// Frees what writing needs, once no merge is under way.
  void rest() throws IOException {
    IndexWriter open = writer;
    if (open == null || open.hasPendingMerges()) {
      return;
    }
    try {
      open.commit(); // what was merged since the last commit
      writer = null;
      open.close();
    } catch (IOException | AlreadyClosedException e) {
      abandonWriter();
      throw new IOException(e.getMessage(), e);
    }
  }

  private void abandonWriter() {
    IndexWriter broken = writer;
    writer = null;
    if (broken != null) {
      try {
        broken.rollback();
      } catch (IOException | RuntimeException e) {
        log.atWarn().addKeyValue("segment", folder).setCause(e).log("log segment rollback failed");
      }
    }
  }

  /// Ends merges and closes files; views that are out stay valid until they are closed.
  void close() throws IOException {
    abandonWriter();
    State now = state;
    state = null;
    if (now != null) {
      now.reader.decRef();
    }
    directory.close();
  }
}
