package hinomi.server;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The command line. Exit codes: 0 done, 1 a check or a test found something, 2 it could not be
/// done as asked (bad configuration, taken port, data directory in use).
@Command(
    name = "hinomi",
    description = "Observability and status pages for the infrastructure of exchanges.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      RunCommand.class,
      AgentCommand.class,
      BackfillCommand.class,
      BacktestCommand.class,
      CheckCommand.class,
      ExplainCommand.class,
      LintCommand.class,
      TestRulesCommand.class,
      TrainCommand.class,
      CommandLine.HelpCommand.class
    })
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    CommandLine commands = new CommandLine(new Main());
    commands.setExecutionExceptionHandler(new Complaint());
    System.exit(arguments.length == 0 ? usage(commands) : commands.execute(arguments));
  }

  private static int usage(CommandLine commands) {
    commands.usage(System.err);
    return 2;
  }
}
