package hinomi.metricstore.disk;

import hinomi.disk.Durably;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// The disk as the operating system gives it.
final class OsVolume implements Volume {
  @Override
  public FileChannel create(Path file) throws IOException {
    return FileChannel.open(
        file,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    Durably.rename(from, to);
  }

  @Override
  public void delete(Path folder, List<Path> files) throws IOException {
    Durably.delete(folder, files);
  }

  @Override
  public void createFolder(Path folder) throws IOException {
    Files.createDirectories(folder);
  }

  /// A file system without hard links gets a copy.
  @Override
  public void link(Path file, Path second) throws IOException {
    try {
      Files.createLink(second, file);
    } catch (NoSuchFileException e) {
      throw e;
    } catch (UnsupportedOperationException | FileSystemException e) {
      Files.copy(file, second);
      try (FileChannel channel = FileChannel.open(second, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
    }
  }

  @Override
  public void sync(Path folder) throws IOException {
    Durably.syncFolder(folder);
  }

  @Override
  public long room(Path folder) throws IOException {
    return Files.getFileStore(folder).getUsableSpace();
  }
}
