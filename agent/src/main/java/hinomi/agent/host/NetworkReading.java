package hinomi.agent.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import oshi.hardware.NetworkIF;

/// `node_network_*`. On Linux from `/proc/net/dev` (proc_net_dev(5)), which also knows what was
/// dropped on the way out and interfaces that OSHI passes over; elsewhere from OSHI.
final class NetworkReading implements Reading {
  /// The columns after the colon; the word in the middle is the end of node_exporter's name.
  private static final List<String> COLUMNS =
      List.of(
          "receive_bytes",
          "receive_packets",
          "receive_errs",
          "receive_drop",
          "receive_fifo",
          "receive_frame",
          "receive_compressed",
          "receive_multicast",
          "transmit_bytes",
          "transmit_packets",
          "transmit_errs",
          "transmit_drop",
          "transmit_fifo",
          "transmit_colls",
          "transmit_carrier",
          "transmit_compressed");

  private final Machine machine;
  private final Path table;

  NetworkReading(Machine machine, Path proc) {
    this.machine = machine;
    this.table = proc.resolve("net/dev");
  }

  @Override
  public void read(Measures into) throws IOException {
    if (Files.isReadable(table)) {
      for (String line : Files.readAllLines(table)) {
        addRow(into, line);
      }
      return;
    }
    for (NetworkIF card : machine.hardware().getNetworkIFs(true)) {
      add(into, card.getName(), "receive_bytes", card.getBytesRecv());
      add(into, card.getName(), "receive_packets", card.getPacketsRecv());
      add(into, card.getName(), "receive_errs", card.getInErrors());
      add(into, card.getName(), "receive_drop", card.getInDrops());
      add(into, card.getName(), "transmit_bytes", card.getBytesSent());
      add(into, card.getName(), "transmit_packets", card.getPacketsSent());
      add(into, card.getName(), "transmit_errs", card.getOutErrors());
    }
  }

  /// The last colon ends the name: an alias such as `eth0:1` holds one itself.
  private static void addRow(Measures into, String line) {
    int colon = line.lastIndexOf(':');
    if (colon < 0) {
      return;
    }
    String device = line.substring(0, colon).strip();
    String[] values = line.substring(colon + 1).strip().split("\\s+");
    for (int i = 0; i < Math.min(values.length, COLUMNS.size()); i++) {
      add(into, device, COLUMNS.get(i), Long.parseLong(values[i]));
    }
  }

  private static void add(Measures into, String device, String what, long value) {
    into.add("node_network_" + what + "_total", value, "device", device);
  }
}
