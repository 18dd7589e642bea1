import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// An ext4 file system in a file, whose power can be cut: `FS_IOC_SHUTDOWN` without a flush of its
/// journal drops everything that was not synced, as the loss of power does. Linux, root.
final class LoopDisk implements AutoCloseable {
  private static final int FS_IOC_SHUTDOWN = 0x8004587d;
  private static final int WITHOUT_FLUSH = 2;

  private final Path image;
  private final Path mount;

  private LoopDisk(Path image, Path mount) {
    this.image = image;
    this.mount = mount;
  }

  static LoopDisk create(Path folder, String size) throws IOException, InterruptedException {
    LoopDisk disk =
        new LoopDisk(
            folder.resolve("disk.img"), Files.createDirectories(folder.resolve("mounted")));
    run("truncate", "-s", size, disk.image.toString());
    run("mkfs.ext4", "-q", "-F", disk.image.toString());
    disk.mount();
    return disk;
  }

  Path folder() {
    return mount;
  }

  private void mount() throws IOException, InterruptedException {
    run("mount", "-o", "loop", image.toString(), mount.toString());
  }

  /// What was not synced is gone from here on; whoever still writes gets errors.
  void cutPower() {
    Linker linker = Linker.nativeLinker();
    SymbolLookup library = linker.defaultLookup();
    try (Arena arena = Arena.ofConfined()) {
      MethodHandle open =
          linker.downcallHandle(
              library.findOrThrow("open"),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
      MethodHandle ioctl =
          linker.downcallHandle(
              library.findOrThrow("ioctl"),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_LONG,
                  ValueLayout.ADDRESS),
              Linker.Option.firstVariadicArg(2));
      MethodHandle close =
          linker.downcallHandle(
              library.findOrThrow("close"),
              FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
      MemorySegment how = arena.allocate(ValueLayout.JAVA_INT);
      how.set(ValueLayout.JAVA_INT, 0, WITHOUT_FLUSH);
      int directory = (int) open.invokeExact(arena.allocateFrom(mount.toString()), 0);
      int answer = (int) ioctl.invokeExact(directory, (long) FS_IOC_SHUTDOWN, how);
      int _ = (int) close.invokeExact(directory);
      if (answer != 0) {
        throw new IllegalStateException("the file system does not take FS_IOC_SHUTDOWN");
      }
    } catch (RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /// Brings the disk back as it would be found after the power returned.
  void powerUp() throws IOException, InterruptedException {
    run("umount", mount.toString());
    mount();
  }

  @Override
  public void close() {
    try {
      run("umount", mount.toString());
      Files.deleteIfExists(image);
    } catch (IOException | InterruptedException e) {
      System.out.println(mount + " is still there: " + e.getMessage());
    }
  }

  static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).inheritIO().start();
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", List.of(command)) + " failed");
    }
  }
}
