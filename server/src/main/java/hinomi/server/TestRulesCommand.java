package hinomi.server;

import hinomi.promql.PromQlConfig;
import hinomi.ruletests.RuleTests;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./hinomi test-rules FILE…`: runs rule tests in promtool's format and tells the outcome in its
/// shape, with its exit codes: 0 when all is as expected, 1 otherwise.
@Command(
    name = "test-rules",
    header = "Tests rules before they are live.",
    description = "Takes promtool's unit test files unchanged (docs/alerting.md).")
final class TestRulesCommand implements Callable<Integer> {
  @Option(
      names = "--run",
      paramLabel = "REGEX",
      description = "only tests whose name matches; may be repeated")
  private List<String> run = List.of();

  @Option(
      names = "--enable-feature",
      paramLabel = "NAME",
      split = ",",
      description = "promql-experimental-functions (always on), promql-delayed-name-removal")
  private List<String> features = List.of();

  @Option(
      names = "--config",
      paramLabel = "DIR",
      description = "directory whose calendars rules may name; default: config")
  private Path config = ConfigOptions.home().resolve("config");

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "files of tests")
  private List<Path> files = List.of();

  @Override
  public Integer call() {
    PromQlConfig queries = PromQlConfig.DEFAULT;
    RuleTests tests =
        new RuleTests(
            features.contains("promql-delayed-name-removal") ? queries.withDelayedNames() : queries,
            run.isEmpty() ? Optional.empty() : Optional.of(Pattern.compile(String.join("|", run))),
            config.resolve("calendars"));
    List<RuleTests.Verdict> verdicts = files.parallelStream().map(tests::run).toList();
    verdicts.forEach(this::tell);
    return verdicts.stream().anyMatch(RuleTests.Verdict::failed) ? 1 : 0;
  }

  private void tell(RuleTests.Verdict verdict) {
    if (files.size() > 1) {
      System.out.println(verdict.file());
    }
    verdict.warnings().forEach(warning -> System.err.println("  WARNING: " + warning));
    if (verdict.failed()) {
      System.out.flush();
      System.err.println("  FAILED:");
      verdict.failures().forEach(System.err::println);
    } else {
      System.out.println("  SUCCESS");
    }
    System.out.println();
  }
}
