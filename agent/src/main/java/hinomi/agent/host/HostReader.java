package hinomi.agent.host;

import hinomi.model.Failure;
import hinomi.model.Labels;
import hinomi.model.Sample;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads everything that is known of this host. Each topic stands alone: one that fails tells so in
/// `node_scrape_collector_success` and leaves the others as they are. One thread at a time.
///
/// The first round takes about half a second (OSHI looks around), the next ones some 20 ms. What is
/// dear to read is read at most every half minute; in between it is not told at all, rather than
/// told with an old value and a new time.
public final class HostReader {
  private static final Logger log = LoggerFactory.getLogger(HostReader.class);
  private static final Duration DEAR = Duration.ofSeconds(30);
  private static final Path PROC = Path.of("/proc");

  private final Labels origin;
  private final Map<String, Reading> readings;
  private final Set<String> failing = new HashSet<>();

  /// @param origin labels of every series: job and instance
  /// @param processes groups to watch: name → pattern of the command line
  /// @param registry whose meters `hinomi.agent.*` are told along
  public HostReader(Labels origin, List<ProcessGroup> processes, MeterRegistry registry) {
    this(origin, readings(processes, registry));
  }

  HostReader(Labels origin, Map<String, Reading> readings) {
    this.origin = origin;
    this.readings = readings;
  }

  private static Map<String, Reading> readings(
      List<ProcessGroup> processes, MeterRegistry registry) {
    Machine machine = new Machine();
    Map<String, Reading> readings = new LinkedHashMap<>();
    readings.put("cpu", new CpuReading(machine));
    readings.put("meminfo", new MemoryReading(machine, PROC));
    readings.put("diskstats", new DiskReading(machine, PROC));
    readings.put("netdev", new NetworkReading(machine, PROC));
    readings.put("os", new SystemReading(machine));
    readings.put("filesystem", new AtMostEvery(DEAR, new FilesystemReading(machine)));
    readings.put("timex", new AtMostEvery(DEAR, new ClockReading()));
    if (Files.isReadable(PROC.resolve("stat"))) {
      readings.put("stat", new KernelReading(PROC));
    }
    if (!processes.isEmpty()) {
      readings.put("processes", new AtMostEvery(DEAR, new ProcessReading(machine, processes)));
    }
    readings.put("agent", new OwnReading(registry));
    return readings;
  }

  /// One round: all samples carry the time `now`.
  public List<Sample> read(Instant now) {
    Measures measures = new Measures(origin, now);
    measures.add("up", 1);
    readings.forEach((topic, reading) -> read(topic, reading, measures));
    return measures.samples();
  }

  private void read(String topic, Reading reading, Measures measures) {
    int before = measures.size();
    boolean success = false;
    try {
      reading.read(measures);
      success = true;
      if (failing.remove(topic)) {
        log.atInfo().addKeyValue("topic", topic).log("host reading works again");
      }
    } catch (IOException
        | Failure
        | IllegalArgumentException
        | IllegalStateException
        | IndexOutOfBoundsException
        | LinkageError e) {
      // What /proc and the native libraries hold differs from kernel to kernel. A topic that this
      // one does not answer must not take the others with it.
      measures.shrink(before);
      if (failing.add(topic)) {
        log.atWarn().addKeyValue("topic", topic).setCause(e).log("host reading fails");
      }
    }
    measures.add("node_scrape_collector_success", success ? 1 : 0, "collector", topic);
  }
}
