package hinomi.server;

import hinomi.model.SystemTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `./hinomi train`: works like a busy day for a few seconds, on empty data, while the launcher has
/// the JVM write down which classes were loaded and which methods were hot (JEP 483, JEP 515).
/// Nobody is told of anything: of the configuration it takes rules and components, but neither
/// where alerts are delivered nor what is probed.
@Command(
    name = "train",
    hidden = true,
    description = "Works for a few seconds under load made by itself; the launcher does it.")
final class TrainCommand implements Callable<Integer> {
  private static final Duration AT_MOST = Duration.ofSeconds(60);
  private static final List<String> TAKEN = List.of("rules", "components", "oncall");
  private static final Map<String, String> OVERRIDES =
      Map.of(
          "web.port", "0",
          "status.port", "0",
          "otlp.http.port", "0",
          "promql.admin-api", "true");

  @Mixin private ConfigOptions config = new ConfigOptions();

  @Option(
      names = "--scratch",
      paramLabel = "DIR",
      required = true,
      description = "an empty directory that may be thrown away afterwards")
  private Path scratch = Path.of("");

  @Override
  public Integer call() throws IOException {
    Path directory = Files.createDirectories(scratch.resolve("config"));
    Files.writeString(directory.resolve("hinomi.yaml"), "{}\n");
    for (String folder : TAKEN) {
      copy(config.directory().resolve(folder), directory.resolve(folder));
    }
    AppConfig read = AppConfig.read(directory, scratch.resolve("data"), OVERRIDES);
    try (SystemTime time = new SystemTime();
        App app = new App(read, time);
        Drill drill = new Drill(app.addresses(), time)) {
      drill.run(AT_MOST);
    }
    return 0;
  }

  private static void copy(Path from, Path to) throws IOException {
    if (!Files.isDirectory(from)) {
      return;
    }
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }
}
