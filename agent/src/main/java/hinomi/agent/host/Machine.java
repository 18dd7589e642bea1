package hinomi.agent.host;

import org.jspecify.annotations.Nullable;
import oshi.SystemInfo;
import oshi.hardware.HardwareAbstractionLayer;
import oshi.software.os.OperatingSystem;

/// The host as OSHI shows it, looked at for the first time when somebody asks: loading the native
/// parts takes half a second that a start should not wait for. One thread at a time.
final class Machine {
  private @Nullable SystemInfo system;

  HardwareAbstractionLayer hardware() {
    return system().getHardware();
  }

  OperatingSystem software() {
    return system().getOperatingSystem();
  }

  private SystemInfo system() {
    SystemInfo known = system;
    if (known == null) {
      known = new SystemInfo();
      system = known;
    }
    return known;
  }
}
