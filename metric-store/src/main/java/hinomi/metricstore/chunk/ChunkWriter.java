package hinomi.metricstore.chunk;

/// Packs samples of rising timestamps into one chunk after another, where there is only one series
/// at a time: an [OpenChunk] of its own. One thread writes; what was handed out stays as it is.
public final class ChunkWriter {
  private final byte[] open = new byte[OpenChunk.SIZE];
  private byte[] body = OpenChunk.NO_BODY;

  /// Adds a sample whose timestamp is above all before.
  ///
  /// @param bits the value's raw bits
  public void append(long timestamp, long bits) {
    if (!OpenChunk.hasRoom(open, 0)) {
      body = OpenChunk.spill(open, 0, body);
    }
    OpenChunk.append(open, 0, timestamp, bits);
  }

  public int count() {
    return OpenChunk.count(open, 0);
  }

  /// What has been written so far.
  public Chunk chunk() {
    return OpenChunk.chunk(open, 0, body);
  }

  /// What has been written; the next sample begins another chunk.
  public Chunk seal() {
    Chunk sealed = chunk();
    OpenChunk.clear(open, 0);
    body = OpenChunk.NO_BODY;
    return sealed;
  }
}
