package hinomi.metricstore.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;

/// The few steps by which blocks, tombstones and backups change what lies on disk. There is one
/// real one ([OsVolume]); tests put one below that fails or loses power at a step of their choice.
/// Any thread.
public interface Volume {
  /// The disk as it is.
  Volume REAL = new OsVolume();

  /// Begins a file, empty, for writing; its name and content are durable only once it was synced
  /// and its folder too.
  FileChannel create(Path file) throws IOException;

  /// Gives a file another name in the same folder, in one step, replacing what had it; durable.
  void rename(Path from, Path to) throws IOException;

  /// Deletes files of one folder, durably; one that is gone is no error.
  void delete(Path folder, List<Path> files) throws IOException;

  /// Creates a folder in one that exists; durable only with [#sync] of that one.
  void createFolder(Path folder) throws IOException;

  /// Gives a file a second name on the same volume; durable only with [#sync] of its folder.
  void link(Path file, Path second) throws IOException;

  /// Makes the names in a folder durable.
  void sync(Path folder) throws IOException;

  /// How many bytes may still be written.
  long room(Path folder) throws IOException;
}
