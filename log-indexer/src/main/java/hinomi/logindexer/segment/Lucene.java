package hinomi.logindexer.segment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.MergePolicy;
import org.apache.lucene.index.MergeScheduler.MergeSource;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/// How Lucene is set up here.
final class Lucene {
  /// Lucene advises at start to add a JVM module for vectors, which does nothing for log search.
  /// The reference keeps the level: JUL forgets loggers that nobody holds.
  private static final Logger VECTOR_ADVICE =
      Logger.getLogger("org.apache.lucene.internal.vectorization.VectorizationProvider");

  static {
    VECTOR_ADVICE.setLevel(Level.SEVERE);
  }

  private Lucene() {}

  static Directory directory(Path folder) throws IOException {
    return FSDirectory.open(folder);
  }

  static IndexWriterConfig writer() {
    TieredMergePolicy merges = new TieredMergePolicy();
    merges.setNoCFSRatio(0);
    return new IndexWriterConfig()
        .setCommitOnClose(false)
        .setRAMBufferSizeMB(64)
        .setMergePolicy(merges)
        .setMergeScheduler(new NamedMerges());
  }

  /// Lucene's own merge threads under our name: at most one a segment at work, a few waiting.
  private static final class NamedMerges extends ConcurrentMergeScheduler {
    NamedMerges() {
      setMaxMergesAndThreads(6, 1);
    }

    @Override
    protected synchronized MergeThread getMergeThread(
        MergeSource source, MergePolicy.OneMerge merge) throws IOException {
      MergeThread thread = super.getMergeThread(source, merge);
      thread.setName(thread.getName().replace("Lucene Merge Thread #", "log-merge-"));
      return thread;
    }
  }
}
