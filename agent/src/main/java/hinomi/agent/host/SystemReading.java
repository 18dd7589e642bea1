package hinomi.agent.host;

import java.net.InetAddress;
import java.net.UnknownHostException;
import oshi.software.os.OperatingSystem;

/// The time, the time since the machine runs, and what system it is.
final class SystemReading implements Reading {
  private final Machine machine;

  SystemReading(Machine machine) {
    this.machine = machine;
  }

  @Override
  public void read(Measures into) {
    OperatingSystem system = machine.software();
    into.add("node_time_seconds", into.at().toEpochMilli() / 1000.0);
    into.add("node_boot_time_seconds", system.getSystemBootTime());
    into.add(
        "node_uname_info",
        1,
        "sysname",
        System.getProperty("os.name", ""),
        "release",
        System.getProperty("os.version", ""),
        "version",
        system.getFamily() + " " + system.getVersionInfo(),
        "machine",
        machine(System.getProperty("os.arch", "")),
        "nodename",
        nodename());
  }

  /// uname's word for what Java calls `amd64`.
  private static String machine(String architecture) {
    return architecture.equals("amd64") ? "x86_64" : architecture;
  }

  private static String nodename() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException _) {
      return "";
    }
  }
}
