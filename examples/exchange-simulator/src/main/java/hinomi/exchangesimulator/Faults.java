package hinomi.exchangesimulator;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What is broken at the moment. Faults are switched over HTTP and looked at where they hurt.
public final class Faults {
  /// What can be broken.
  public enum Fault {
    /// Every order waits 900 ms in the gateway.
    SLOW_GATEWAY,
    /// The matching engine takes no orders from its queue.
    STOPPED_MATCHING,
    /// Market data repeat an old price with an old time.
    STALE_MARKET_DATA,
    /// The gateway fails three orders of ten and says so in the log.
    ERROR_BURST;

    /// `slow-gateway`, as in the URL.
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The fault of that id, if there is one.
    public static Optional<Fault> of(String id) {
      return EnumSet.allOf(Fault.class).stream().filter(f -> f.id().equals(id)).findFirst();
    }
  }

  private final Set<Fault> on = EnumSet.noneOf(Fault.class);

  public synchronized boolean has(Fault fault) {
    return on.contains(fault);
  }

  /// Returns whether that changed anything.
  public synchronized boolean set(Fault fault, boolean broken) {
    return broken ? on.add(fault) : on.remove(fault);
  }

  public synchronized Set<Fault> all() {
    return Set.copyOf(on);
  }
}
