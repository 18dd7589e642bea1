package hinomi.agent.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hinomi.model.Labels;
import hinomi.model.Sample;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What is read agrees with what the kernel says.
final class HostReaderTest {
  private static final Labels ORIGIN = Labels.of("job", "node", "instance", "h1");
  private static final Instant NOW = Instant.parse("2026-03-02T00:00:00Z");
  private static final SimpleMeterRegistry REGISTRY = new SimpleMeterRegistry();
  private static final HostReader READER =
      new HostReader(
          ORIGIN,
          List.of(
              new ProcessGroup("java", Pattern.compile("java")),
              new ProcessGroup("gone", Pattern.compile("no-such-process-\\d{9}x"))),
          REGISTRY);
  private static Map<Labels, Double> read = Map.of();

  @BeforeAll
  static void readOnce() {
    REGISTRY.counter("hinomi.agent.dropped", "queue", "logs", "reason", "refused").increment(3);
    read = READER.read(NOW).stream().collect(Collectors.toMap(Sample::labels, Sample::value));
  }

  private static Optional<Double> value(String metric, String... labels) {
    Labels.Builder series = Labels.builder().setAll(ORIGIN).set(Labels.NAME, metric);
    for (int i = 0; i < labels.length; i += 2) {
      series.set(labels[i], labels[i + 1]);
    }
    return Optional.ofNullable(read.get(series.build()));
  }

  private static List<String> proc(String file) throws IOException {
    Path path = Path.of("/proc", file);
    assumeTrue(Files.isReadable(path));
    return Files.readAllLines(path);
  }

  private static void assertNear(Optional<Double> value, Number expected, double slack) {
    assertThat(value).isPresent();
    assertThat(value.get())
        .isCloseTo(expected.doubleValue(), within(Math.abs(expected.doubleValue()) * 0.1 + slack));
  }

  @Test
  void processorSecondsAgreeWithProcStat() throws IOException {
    String[] modes = {"user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal"};
    for (String line : proc("stat")) {
      if (line.matches("cpu\\d+ .*")) {
        String[] fields = line.split(" ");
        for (int i = 0; i < modes.length; i++) {
          assertNear(
              value("node_cpu_seconds_total", "cpu", fields[0].substring(3), "mode", modes[i]),
              Long.parseLong(fields[i + 1]) / 100.0,
              3);
        }
      }
      if (line.startsWith("btime ")) {
        assertNear(value("node_boot_time_seconds"), Long.parseLong(line.substring(6)), 0);
      }
    }
  }

  @Test
  void memoryAgreesWithProcMeminfo() throws IOException {
    Map<String, Long> kibibytes =
        proc("meminfo").stream()
            .map(line -> line.split("[: ]+"))
            .collect(Collectors.toMap(words -> words[0], words -> Long.parseLong(words[1])));
    for (String field :
        List.of("MemTotal", "MemFree", "MemAvailable", "Buffers", "Cached", "SwapTotal")) {
      assertNear(
          value("node_memory_" + field + "_bytes"),
          kibibytes.getOrDefault(field, 0L) * 1024.0,
          64 << 20);
    }
    assertThat(value("node_memory_Active_anon_bytes")).isPresent();
    assertThat(value("node_memory_HugePages_Total")).isPresent();
  }

  @Test
  void disksAgreeWithProcDiskstats() throws IOException {
    int disks = 0;
    for (String line : proc("diskstats")) {
      String[] fields = line.strip().split("\\s+");
      String device = fields[2];
      Optional<Double> reads = value("node_disk_reads_completed_total", "device", device);
      if (reads.isPresent()) {
        disks++;
        assertNear(reads, Long.parseLong(fields[3]), 1000);
        assertNear(
            value("node_disk_read_bytes_total", "device", device),
            Long.parseLong(fields[5]) * 512.0,
            100e6);
        assertNear(
            value("node_disk_written_bytes_total", "device", device),
            Long.parseLong(fields[9]) * 512.0,
            100e6);
        assertNear(
            value("node_disk_io_time_seconds_total", "device", device),
            Long.parseLong(fields[12]) / 1000.0,
            3);
        assertThat(value("node_disk_read_time_seconds_total", "device", device)).isPresent();
      }
    }
    assertThat(disks).isPositive();
  }

  @Test
  void theNetworkAgreesWithProcNetDev() throws IOException {
    for (String line : proc("net/dev")) {
      if (line.contains(":")) {
        String device = line.substring(0, line.indexOf(':')).strip();
        String[] fields = line.substring(line.indexOf(':') + 1).strip().split("\\s+");
        assertNear(
            value("node_network_receive_bytes_total", "device", device),
            Long.parseLong(fields[0]),
            10e6);
        assertNear(
            value("node_network_transmit_packets_total", "device", device),
            Long.parseLong(fields[9]),
            10_000);
        assertThat(value("node_network_transmit_drop_total", "device", device)).isPresent();
      }
    }
  }

  @Test
  void filesystemsAgreeWithTheSystem() throws IOException {
    List<Labels> sizes =
        read.keySet().stream()
            .filter(labels -> labels.metric().equals("node_filesystem_size_bytes"))
            .toList();
    assertThat(sizes).isNotEmpty();
    for (Labels labels : sizes) {
      Path mount = Path.of(labels.get("mountpoint"));
      FileStore store = Files.getFileStore(mount);
      assertNear(Optional.ofNullable(read.get(labels)), store.getTotalSpace(), 0);
      assertNear(
          Optional.ofNullable(read.get(labels.with(Labels.NAME, "node_filesystem_avail_bytes"))),
          store.getUsableSpace(),
          500e6);
      assertThat(read).containsKey(labels.with(Labels.NAME, "node_filesystem_files_free"));
    }
  }

  @Test
  void processesAreFoundByTheirNames() {
    long self = ProcessHandle.current().info().startInstant().orElseThrow().getEpochSecond();
    assertThat(value("namedprocess_namegroup_num_procs", "groupname", "java").orElse(0.0))
        .isGreaterThanOrEqualTo(1);
    assertThat(
            value("namedprocess_namegroup_oldest_start_time_seconds", "groupname", "java")
                .orElse(0.0))
        .isPositive()
        .isLessThanOrEqualTo(self + 2.0);
    assertThat(
            value("namedprocess_namegroup_memory_bytes", "groupname", "java", "memtype", "resident")
                .orElse(0.0))
        .isGreaterThan(20e6);
    assertThat(value("namedprocess_namegroup_num_procs", "groupname", "gone")).contains(0.0);
    assertThat(value("namedprocess_namegroup_oldest_start_time_seconds", "groupname", "gone"))
        .isEmpty();
  }

  @Test
  void theHostTellsThatItIsUpAndWhatItIs() {
    assertThat(value("up")).contains(1.0);
    assertThat(value("node_load1")).isPresent();
    assertThat(value("node_procs_running").orElse(0.0)).isPositive();
    assertThat(value("node_time_seconds")).contains((double) NOW.getEpochSecond());
    assertThat(read.keySet().stream().filter(l -> l.metric().equals("node_uname_info")))
        .singleElement()
        .satisfies(labels -> assertThat(labels.get("sysname")).isNotEmpty());
  }

  @Test
  void theAgentTellsOfItself() {
    assertThat(value("hinomi_agent_dropped_total", "queue", "logs", "reason", "refused"))
        .contains(3.0);
  }

  @Test
  void aReadingThatFailsLeavesTheOthersAlone() {
    Reading good = into -> into.add("good", 1);
    Reading bad =
        into -> {
          into.add("half", 1);
          throw new IOException("no such file");
        };
    HostReader reader =
        new HostReader(ORIGIN, new java.util.TreeMap<>(Map.of("a", bad, "b", good)));
    assertThat(reader.read(NOW).stream().map(Sample::labels).map(Labels::metric))
        .containsExactly(
            "up", "node_scrape_collector_success", "good", "node_scrape_collector_success");
  }

  @Test
  void dearReadingsAreNotToldInBetween() throws IOException {
    Reading dear = new AtMostEvery(java.time.Duration.ofSeconds(30), into -> into.add("dear", 1));
    int[] sizes = new int[5];
    for (int i = 0; i < sizes.length; i++) {
      Measures measures = new Measures(ORIGIN, NOW.plusSeconds(15L * i));
      dear.read(measures);
      sizes[i] = measures.size();
    }
    assertThat(Arrays.stream(sizes).boxed()).containsExactly(1, 0, 1, 0, 1);
  }
}
