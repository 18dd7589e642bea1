package hinomi.server;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `./hinomi check`: reads the whole configuration as `run` would and tells every mistake.
@Command(
    name = "check",
    description = "Reads the configuration and tells every mistake with file:line:column.")
final class CheckCommand implements Callable<Integer> {
  @Mixin private ConfigOptions config = new ConfigOptions();

  @Override
  public Integer call() {
    AppConfig read = AppConfig.read(config.directory(), Path.of("data"), config.overrides());
    System.out.println(
        "The configuration in " + config.directory() + " is good: " + read.summary());
    int findings = read.lint().report().findings().size();
    if (findings > 0) {
      System.out.println("It may not do all that is meant: ./hinomi lint finds " + findings + ".");
    }
    return 0;
  }
}
