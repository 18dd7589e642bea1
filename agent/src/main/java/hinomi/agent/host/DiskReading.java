package hinomi.agent.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import oshi.hardware.HWDiskStore;

/// `node_disk_*` of whole disks (partitions, loop and RAM devices are left out). OSHI counts
/// operations and bytes; how long they took is in Linux' `/proc/diskstats` alone
/// (Documentation/admin-guide/iostats.rst).
final class DiskReading implements Reading {
  private final Machine machine;
  private final Path diskstats;

  DiskReading(Machine machine, Path proc) {
    this.machine = machine;
    this.diskstats = proc.resolve("diskstats");
  }

  @Override
  public void read(Measures into) throws IOException {
    Set<String> disks = new HashSet<>();
    for (HWDiskStore disk : machine.hardware().getDiskStores()) {
      String device = disk.getName().replaceFirst("^/dev/", "");
      disks.add(device);
      add(into, device, "reads_completed_total", disk.getReads());
      add(into, device, "writes_completed_total", disk.getWrites());
      add(into, device, "read_bytes_total", disk.getReadBytes());
      add(into, device, "written_bytes_total", disk.getWriteBytes());
      add(into, device, "io_time_seconds_total", disk.getTransferTime() / 1000.0);
      add(into, device, "io_now", disk.getCurrentQueueLength());
    }
    if (Files.isReadable(diskstats)) {
      for (String line : Files.readAllLines(diskstats)) {
        addTimes(into, disks, line.strip().split("\\s+"));
      }
    }
  }

  /// Fields from 0: major, minor, name, reads, merged, sectors, ms reading, writes, merged,
  /// sectors, ms writing, in flight, ms busy, weighted ms.
  private static void addTimes(Measures into, Set<String> disks, String[] fields) {
    if (fields.length < 14 || !disks.contains(fields[2])) {
      return;
    }
    add(into, fields[2], "read_time_seconds_total", Long.parseLong(fields[6]) / 1000.0);
    add(into, fields[2], "write_time_seconds_total", Long.parseLong(fields[10]) / 1000.0);
    add(into, fields[2], "io_time_weighted_seconds_total", Long.parseLong(fields[13]) / 1000.0);
  }

  private static void add(Measures into, String device, String what, Number value) {
    into.add("node_disk_" + what, value.doubleValue(), "device", device);
  }
}
