package hinomi.metricstore;

import hinomi.metricstore.disk.Volume;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Random;

/// A disk of which any step may fail, before it did anything or after, while it is bad: full in the
/// middle of a write, an error when it is to sync. The next step may work again.
final class FailingVolume implements Volume {
  private static final int ONE_IN = 14;

  private final Random random;
  private boolean bad;
  private int failures;

  FailingVolume(Random random) {
    this.random = random;
  }

  synchronized void setBad(boolean now) {
    bad = now;
  }

  synchronized int failures() {
    return failures;
  }

  private synchronized boolean fails() {
    boolean fails = bad && random.nextInt(ONE_IN) == 0;
    failures += fails ? 1 : 0;
    return fails;
  }

  private synchronized int some(int of) {
    return random.nextInt(of);
  }

  private void step(String message) throws IOException {
    if (fails()) {
      throw new IOException(message);
    }
  }

  @Override
  public FileChannel create(Path file) throws IOException {
    step("No space left on device");
    return new FaultyChannel(
        REAL.create(file),
        new FaultyChannel.Faults() {
          @Override
          public int take(int wanted) {
            return fails() ? -some(wanted) - 1 : 1 + some(wanted);
          }

          @Override
          public boolean syncFails() {
            return fails();
          }
        });
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    step("Input/output error");
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    step("Input/output error");
  }

  @Override
  public void delete(Path folder, List<Path> files) throws IOException {
    for (Path file : files) {
      step("Read-only file system");
      Files.deleteIfExists(file);
    }
    step("Input/output error");
  }

  @Override
  public void createFolder(Path folder) throws IOException {
    step("No space left on device");
    REAL.createFolder(folder);
  }

  @Override
  public void link(Path file, Path second) throws IOException {
    step("Too many links");
    REAL.link(file, second);
  }

  @Override
  public void sync(Path folder) throws IOException {
    step("Input/output error");
  }

  @Override
  public long room(Path folder) {
    return Long.MAX_VALUE;
  }
}
