package hinomi.agent.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import oshi.hardware.GlobalMemory;

/// `node_memory_*`. Linux tells all of it in `/proc/meminfo` (proc_meminfo(5)), each line a series,
/// as node_exporter does; elsewhere OSHI knows total, available and swap.
final class MemoryReading implements Reading {
  /// `MemTotal: 24684084 kB`, `HugePages_Total: 0`.
  private static final Pattern LINE = Pattern.compile("([^:]+):\\s+(\\d+)( kB)?");

  private final Machine machine;
  private final Path meminfo;

  MemoryReading(Machine machine, Path proc) {
    this.machine = machine;
    this.meminfo = proc.resolve("meminfo");
  }

  @Override
  public void read(Measures into) throws IOException {
    if (Files.isReadable(meminfo)) {
      for (String line : Files.readAllLines(meminfo)) {
        Matcher matcher = LINE.matcher(line);
        if (matcher.matches()) {
          add(into, matcher.group(1), Long.parseLong(matcher.group(2)), matcher.group(3) != null);
        }
      }
      return;
    }
    GlobalMemory memory = machine.hardware().getMemory();
    long swap = memory.getVirtualMemory().getSwapTotal();
    into.add("node_memory_MemTotal_bytes", memory.getTotal());
    into.add("node_memory_MemAvailable_bytes", memory.getAvailable());
    into.add("node_memory_SwapTotal_bytes", swap);
    into.add("node_memory_SwapFree_bytes", swap - memory.getVirtualMemory().getSwapUsed());
  }

  private static void add(Measures into, String field, long value, boolean kibibytes) {
    String name = field.replace('(', '_').replace(")", "");
    if (kibibytes) {
      into.add("node_memory_" + name + "_bytes", value * 1024.0);
    } else {
      into.add("node_memory_" + name, value);
    }
  }
}
