package hinomi.metricstore;

import hinomi.metricstore.disk.Volume;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;

/// The disk as it is, of which a test changes a step.
abstract class RealVolume implements Volume {
  @Override
  public FileChannel create(Path file) throws IOException {
    return REAL.create(file);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    REAL.rename(from, to);
  }

  @Override
  public void delete(Path folder, List<Path> files) throws IOException {
    REAL.delete(folder, files);
  }

  @Override
  public void createFolder(Path folder) throws IOException {
    REAL.createFolder(folder);
  }

  @Override
  public void link(Path file, Path second) throws IOException {
    REAL.link(file, second);
  }

  @Override
  public void sync(Path folder) throws IOException {
    REAL.sync(folder);
  }

  @Override
  public long room(Path folder) throws IOException {
    return REAL.room(folder);
  }
}
