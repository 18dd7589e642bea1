package hinomi.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import hinomi.model.Unavailable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/// Tells people and scripts where everything answers.
final class Ready {
  private final App.Addresses addresses;

  Ready(App.Addresses addresses) {
    this.addresses = addresses;
  }

  void print(PrintStream out, AppConfig config) {
    out.println();
    out.println("  Hinomi is watching.");
    out.println("    status page       " + addresses.status() + "/");
    out.println("    console           " + addresses.web() + "/");
    out.println("    metrics to        " + addresses.web() + "/api/v1/write (remote write)");
    out.println("    OTLP to           " + addresses.otlpHttp());
    out.println("    Grafana           Prometheus and Loki data sources at " + addresses.web());
    config
        .mailbox()
        .ifPresent(
            box -> out.println("    pages land in     " + box + " (no delivery.smtp.host is set)"));
    out.println("    data in           " + config.data().toAbsolutePath().normalize());
    out.println();
    out.flush();
  }

  /// Written beside and renamed, so that whoever waits for it never reads half of it.
  void write(Path file) {
    Map<String, Object> ready = new LinkedHashMap<>();
    ready.put("web", addresses.web());
    ready.put("status", addresses.status());
    ready.put("otlp_http", addresses.otlpHttp());
    ready.put("pid", ProcessHandle.current().pid());
    Path beside = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      Files.write(beside, JsonMapper.builder().build().writeValueAsBytes(ready));
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("BUG: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new Unavailable("the ready file " + file + " cannot be written: " + e.getMessage(), e);
    }
  }
}
