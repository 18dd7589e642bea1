package hinomi.agent.host;

import java.util.Locale;
import oshi.hardware.CentralProcessor;
import oshi.hardware.CentralProcessor.TickType;

/// `node_cpu_seconds_total` and the load averages.
final class CpuReading implements Reading {
  private final Machine machine;

  CpuReading(Machine machine) {
    this.machine = machine;
  }

  @Override
  public void read(Measures into) {
    CentralProcessor cpu = machine.hardware().getProcessor();
    long[][] ticks = cpu.getProcessorCpuLoadTicks();
    for (int i = 0; i < ticks.length; i++) {
      for (TickType type : TickType.values()) {
        double seconds = ticks[i][type.getIndex()] / 1000.0;
        into.add("node_cpu_seconds_total", seconds, "cpu", Integer.toString(i), "mode", mode(type));
      }
    }
    double[] load = cpu.getSystemLoadAverage(3);
    String[] names = {"node_load1", "node_load5", "node_load15"};
    for (int i = 0; i < names.length; i++) {
      // Negative: this system has no load average.
      if (load[i] >= 0) {
        into.add(names[i], load[i]);
      }
    }
  }

  private static String mode(TickType type) {
    return type.name().toLowerCase(Locale.ROOT);
  }
}
