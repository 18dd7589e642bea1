package hinomi.server;

import hinomi.agent.Agent;
import hinomi.agent.AgentConfig;
import hinomi.model.SystemTime;
import hinomi.settings.Mistakes;
import hinomi.settings.Section;
import hinomi.settings.Yaml;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `./hinomi agent`: the agent alone, on a host that is to be watched. It reads the section `agent`
/// of `hinomi.yaml`; other sections may stand there and are not looked at.
@Command(
    name = "agent",
    description = "Watches this host and ships to the server named by agent.server.")
final class AgentCommand implements Callable<Integer> {
  @Mixin private ConfigOptions config = new ConfigOptions();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "directory of spool and positions; default: data")
  private Path data = ConfigOptions.home().resolve("data");

  @Override
  public Integer call() throws InterruptedException {
    Mistakes mistakes = new Mistakes();
    Section root =
        Yaml.read(config.directory().resolve("hinomi.yaml"), mistakes, config.overrides());
    Section section = root.section("agent");
    AgentConfig read = AgentConfig.from(section);
    section.end();
    mistakes.throwIfAny();
    DataDirectory directory = DataDirectory.open(data.resolve("agent"));
    SystemTime time = new SystemTime();
    OwnMetrics metrics = new OwnMetrics();
    Agent agent = Agent.start(read.withDirectory(directory.path()), time, metrics.registry());
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("shutdown")
                .unstarted(() -> {
                  try (directory;
                      time;
                      metrics) {
                    agent.close();
                  } catch (java.io.IOException e) {
                    System.err.println("hinomi: the lock was not released: " + e.getMessage());
                  } finally {
                    Runtime.getRuntime().halt(0);
                  }
                }));
    System.out.println("The agent watches " + read.instance() + " and ships to " + read.server());
    Thread.currentThread().join(); // until the process is told to stop
    return 0;
  }
}
