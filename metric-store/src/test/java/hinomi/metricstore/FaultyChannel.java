package hinomi.metricstore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/// A file on a disk that fails as its [Faults] say: writes that take less than they were given,
/// writes that end half-way with an error, syncs that fail.
final class FaultyChannel extends FileChannel {
  private final FileChannel file;
  private final Faults faults;

  FaultyChannel(FileChannel file, Faults faults) {
    this.file = file;
    this.faults = faults;
  }

  /// What happens to the next operation.
  interface Faults {
    /// How many of so many bytes are taken; negative: that many are, and then the disk is full.
    int take(int wanted);

    boolean syncFails();
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    int taken = faults.take(source.remaining());
    ByteBuffer part = source.slice(source.position(), Math.abs(taken));
    while (part.hasRemaining()) {
      file.write(part);
    }
    source.position(source.position() + Math.abs(taken));
    if (taken < 0) {
      throw new IOException("No space left on device");
    }
    return taken;
  }

  @Override
  public void force(boolean metaData) throws IOException {
    if (faults.syncFails()) {
      throw new IOException("Input/output error");
    }
    file.force(metaData);
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    if (faults.syncFails()) {
      throw new IOException("Input/output error");
    }
    file.truncate(size);
    return this;
  }

  @Override
  protected void implCloseChannel() throws IOException {
    file.close();
  }

  @Override
  public long position() throws IOException {
    return file.position();
  }

  @Override
  public FileChannel position(long newPosition) throws IOException {
    file.position(newPosition);
    return this;
  }

  @Override
  public long size() throws IOException {
    return file.size();
  }

  @Override
  public int read(ByteBuffer into) {
    throw unused();
  }

  @Override
  public long read(ByteBuffer[] into, int offset, int length) {
    throw unused();
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) {
    throw unused();
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) {
    throw unused();
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long position, long count) {
    throw unused();
  }

  @Override
  public int read(ByteBuffer into, long position) {
    throw unused();
  }

  @Override
  public int write(ByteBuffer source, long position) {
    throw unused();
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) {
    throw unused();
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) {
    throw unused();
  }

  @Override
  public FileLock tryLock(long position, long size, boolean shared) {
    throw unused();
  }

  private static UnsupportedOperationException unused() {
    return new UnsupportedOperationException("the log does not do this");
  }
}
