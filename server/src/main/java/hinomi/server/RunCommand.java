package hinomi.server;

import hinomi.model.SystemTime;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `./hinomi run`: everything on one machine, until SIGTERM or SIGINT.
@Command(name = "run", description = "Starts everything on this machine, the local agent included.")
final class RunCommand implements Callable<Integer> {
  @Mixin private ConfigOptions config = new ConfigOptions();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "directory of everything that is kept; default: data")
  private Path data = ConfigOptions.home().resolve("data");

  @Option(
      names = "--ready-file",
      paramLabel = "FILE",
      description = "is written, with all addresses as JSON, when every listener answers")
  private @Nullable Path readyFile;

  @Override
  public Integer call() throws InterruptedException {
    AppConfig read = AppConfig.read(config.directory(), data, config.overrides());
    try (SystemTime time = new SystemTime()) {
      App app = new App(read, time);
      Runtime.getRuntime()
          .addShutdownHook(
              Thread.ofPlatform()
                  .name("shutdown")
                  .unstarted(() -> {
                    app.close();
                    System.out.flush();
                    // A stop that was asked for and went well is a success, not "killed".
                    Runtime.getRuntime().halt(0);
                  }));
      HangUp.calls(app::reload);
      Ready ready = new Ready(app.addresses());
      ready.print(System.out, read);
      if (readyFile != null) {
        ready.write(readyFile);
      }
      Thread.currentThread().join(); // until the process is told to stop
    }
    return 0;
  }
}
