package hinomi.disk;

import hinomi.model.Unavailable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A directory that belongs to its holder alone until this is closed: two writers would ruin each
/// other's files. It is a lock of the operating system on the file `lock`, not the file's
/// existence, so that a process that dies leaves nothing behind that somebody has to remove. Any
/// thread may close it.
public final class DirectoryLock implements AutoCloseable {
  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  /// Locks a directory that exists, or is [Unavailable] when somebody else holds it.
  ///
  /// @param subject what is in use, as the sentence of the refusal names it
  public static DirectoryLock take(Path directory, String subject) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return new DirectoryLock(channel);
      }
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw new Unavailable(subject + " is in use by this process", e);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw new Unavailable(subject + " is in use by another process");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
