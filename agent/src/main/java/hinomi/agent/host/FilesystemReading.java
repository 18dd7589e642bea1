package hinomi.agent.host;

import java.util.Arrays;
import java.util.regex.Pattern;
import oshi.software.os.OSFileStore;

/// `node_filesystem_*` of real filesystems; what node_exporter leaves out by default is left out.
final class FilesystemReading implements Reading {
  private static final Pattern LEFT_OUT =
      Pattern.compile(
          "/(dev|proc|sys|run/credentials/.+|run/user/.+|var/lib/docker/.+|var/lib/containers/storage/.+)($|/.*)");

  private final Machine machine;

  FilesystemReading(Machine machine) {
    this.machine = machine;
  }

  @Override
  public void read(Measures into) {
    for (OSFileStore store : machine.software().getFileSystem().getFileStores()) {
      if (store.getTotalSpace() > 0 && !LEFT_OUT.matcher(store.getMount()).matches()) {
        add(into, store, "size_bytes", store.getTotalSpace());
        add(into, store, "free_bytes", store.getFreeSpace());
        add(into, store, "avail_bytes", store.getUsableSpace());
        add(into, store, "readonly", isReadOnly(store) ? 1 : 0);
        if (store.getTotalInodes() > 0) {
          add(into, store, "files", store.getTotalInodes());
          add(into, store, "files_free", store.getFreeInodes());
        }
      }
    }
  }

  private static boolean isReadOnly(OSFileStore store) {
    return Arrays.asList(store.getOptions().split(",")).contains("ro");
  }

  private static void add(Measures into, OSFileStore store, String what, long value) {
    into.add(
        "node_filesystem_" + what,
        value,
        "device",
        store.getVolume(),
        "fstype",
        store.getType(),
        "mountpoint",
        store.getMount());
  }
}
