package hinomi.server;

import hinomi.model.Failure;
import hinomi.settings.Mistakes;
import picocli.CommandLine;

/// Says in one sentence why a command could not be done; only our own mistakes show a stack trace.
final class Complaint implements CommandLine.IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(
      Exception thrown, CommandLine command, CommandLine.ParseResult parsed) {
    switch (thrown) {
      case Mistakes.Invalid invalid -> {
        invalid.mistakes().forEach(mistake -> System.err.println(mistake.shown()));
        System.err.println(
            "hinomi: "
                + invalid.mistakes().size()
                + (invalid.mistakes().size() == 1 ? " mistake" : " mistakes")
                + " in the configuration; nothing was started");
      }
      case Failure failure -> System.err.println("hinomi: " + failure.reason());
      default -> thrown.printStackTrace();
    }
    return 2;
  }
}
