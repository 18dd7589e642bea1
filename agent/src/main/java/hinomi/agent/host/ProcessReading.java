package hinomi.agent.host;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import oshi.software.os.OSProcess;

/// Processes by the names that the configuration gives them, as process-exporter tells them
/// (`namedprocess_namegroup_*`). A group without processes says 0: that it is gone is knowledge.
///
/// Processor seconds are those of all processes that the group ever had, so that the end of one is
/// no step back.
final class ProcessReading implements Reading {
  private final Machine machine;
  private final List<ProcessGroup> groups;
  private final Map<String, CpuTime> totals = new HashMap<>();
  private final Map<String, Map<Integer, CpuTime>> before = new HashMap<>();

  private record CpuTime(double user, double system) {
    CpuTime plus(CpuTime other) {
      return new CpuTime(user + other.user, system + other.system);
    }

    /// What came since. Less than before means another process with the same id.
    CpuTime since(CpuTime earlier) {
      boolean same = user >= earlier.user && system >= earlier.system;
      return same ? new CpuTime(user - earlier.user, system - earlier.system) : this;
    }
  }

  ProcessReading(Machine machine, List<ProcessGroup> groups) {
    this.machine = machine;
    this.groups = List.copyOf(groups);
  }

  @Override
  public void read(Measures into) {
    Map<ProcessGroup, List<OSProcess>> members = new HashMap<>();
    for (OSProcess process : machine.software().getProcesses()) {
      // The kernel parts arguments with NUL.
      String command = process.getCommandLine().replace('\0', ' ');
      for (ProcessGroup group : groups) {
        if (group.pattern().matcher(command).find()) {
          members.computeIfAbsent(group, _ -> new ArrayList<>()).add(process);
          // As in process-exporter, the first group that fits has it.
          break;
        }
      }
    }
    for (ProcessGroup group : groups) {
      add(into, group.name(), members.getOrDefault(group, List.of()));
    }
  }

  private void add(Measures into, String group, List<OSProcess> processes) {
    long resident = 0;
    long virtual = 0;
    long threads = 0;
    long oldest = Long.MAX_VALUE;
    for (OSProcess process : processes) {
      resident += process.getResidentMemory();
      virtual += process.getVirtualSize();
      threads += process.getThreadCount();
      oldest = Math.min(oldest, process.getStartTime());
    }
    CpuTime cpu = cpu(group, processes);
    String prefix = "namedprocess_namegroup_";
    into.add(prefix + "num_procs", processes.size(), "groupname", group);
    into.add(prefix + "num_threads", threads, "groupname", group);
    into.add(prefix + "memory_bytes", resident, "groupname", group, "memtype", "resident");
    into.add(prefix + "memory_bytes", virtual, "groupname", group, "memtype", "virtual");
    into.add(prefix + "cpu_seconds_total", cpu.user(), "groupname", group, "mode", "user");
    into.add(prefix + "cpu_seconds_total", cpu.system(), "groupname", group, "mode", "system");
    if (!processes.isEmpty()) {
      into.add(
          prefix + "oldest_start_time_seconds", Math.floor(oldest / 1000.0), "groupname", group);
    }
  }

  private CpuTime cpu(String group, List<OSProcess> processes) {
    CpuTime nothing = new CpuTime(0, 0);
    Map<Integer, CpuTime> last = before.getOrDefault(group, Map.of());
    Map<Integer, CpuTime> now = new HashMap<>();
    CpuTime total = totals.getOrDefault(group, nothing);
    for (OSProcess process : processes) {
      CpuTime time = new CpuTime(process.getUserTime() / 1000.0, process.getKernelTime() / 1000.0);
      now.put(process.getProcessID(), time);
      total = total.plus(time.since(last.getOrDefault(process.getProcessID(), nothing)));
    }
    before.put(group, now);
    totals.put(group, total);
    return total;
  }
}
