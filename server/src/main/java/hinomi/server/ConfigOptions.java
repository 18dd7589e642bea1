package hinomi.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/// The options that say where the configuration comes from.
final class ConfigOptions {
  @Option(
      names = "--config",
      paramLabel = "DIR",
      description = "directory of the configuration; default: config")
  private Path config = home().resolve("config");

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "puts a value over hinomi.yaml, such as web.port=9000; may be repeated")
  private Map<String, String> set = new LinkedHashMap<>();

  Path directory() {
    if (!Files.isDirectory(config)) {
      throw new hinomi.model.Unavailable(
          "the configuration directory " + config + " does not exist; name one with --config DIR");
    }
    return config;
  }

  Map<String, String> overrides() {
    return set;
  }

  /// The product's folder, as the launcher says; the current one otherwise.
  static Path home() {
    Path home = Path.of(System.getProperty("hinomi.home", "")).toAbsolutePath();
    Path here = Path.of("").toAbsolutePath();
    return home.startsWith(here) ? here.relativize(home) : home;
  }
}
