package hinomi.server;

import hinomi.alertengine.rule.Vocabulary;
import hinomi.logindexer.LogMetrics;
import hinomi.model.Language;
import hinomi.model.Missing;
import hinomi.promql.PromQl;
import hinomi.promql.PromQlConfig;
import hinomi.rulelint.RuleLint;
import hinomi.settings.Mistake;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./hinomi lint [PATH…]`: tells of rules and routes that are well formed and still may not do
/// what is meant. Exit code 1 when there is more than notes.
@Command(
    name = "lint",
    header = "Looks for traps in rules and routes.",
    description =
        "Without PATH, or with the folder of a configuration, its rules and routes; otherwise rule"
            + " files, and folders of them. A comment"
            + " \"# hinomi-lint off: CHECK\" on or above a rule switches a check off"
            + " (docs/alerting.md).")
final class LintCommand implements Callable<Integer> {
  @Mixin private ConfigOptions config = new ConfigOptions();

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "a running server: look for what matches none of its series, too")
  private @Nullable URI server;

  @Mixin private LanguageOption language = new LanguageOption();

  @Parameters(paramLabel = "PATH", arity = "0..*", description = "rule files, or folders")
  private List<Path> paths = List.of();

  @Override
  public Integer call() throws IOException {
    boolean bad;
    boolean whole = paths.size() == 1 && Files.exists(paths.getFirst().resolve("hinomi.yaml"));
    if (paths.isEmpty() || whole) {
      ConfigLint lint =
          AppConfig.read(
                  whole ? paths.getFirst() : config.directory(),
                  Path.of("data"),
                  config.overrides())
              .lint();
      bad = tell(lint.files(), lint.report(), lint.rules());
    } else {
      List<Path> files = new ArrayList<>();
      for (Path path : paths) {
        files.addAll(files(path));
      }
      RuleLint lint = new RuleLint(anything(), PromQlConfig.DEFAULT.dialect());
      bad = tell(files, lint.rules(files), lint);
    }
    return bad ? 1 : 0;
  }

  /// Rules of any installation: components and calendars may have any names.
  private static Vocabulary anything() {
    return new Vocabulary(
            expression -> PromQl.check(expression, PromQlConfig.DEFAULT.dialect()), Map.of())
        .withLogs(LogMetrics::check);
  }

  private static List<Path> files(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new Missing(path + " does not exist");
    }
    try (Stream<Path> walk = Files.walk(path)) {
      return walk.filter(file -> Files.isRegularFile(file))
          .filter(file -> file.equals(path) || file.toString().matches(".*\\.ya?ml"))
          .sorted()
          .toList();
    }
  }

  private boolean tell(List<Path> files, RuleLint.Report report, RuleLint lint) {
    RuleLint.Report all =
        server == null ? report : report.and(lint.series(files, new RemoteSeries(server).known()));
    Language shown = language.language();
    all.mistakes().stream().map(Mistake::shown).forEach(System.out::println);
    all.findings().forEach(finding -> System.out.println(finding.shown(shown)));
    System.out.println(summary(files.size(), all, shown));
    return all.isBad();
  }

  private static String summary(int files, RuleLint.Report report, Language shown) {
    int mistakes = report.mistakes().size();
    int findings = report.findings().size();
    return switch (shown) {
      case JA -> files + "ファイルを調べました。誤り" + mistakes + "件、指摘" + findings + "件";
      case EN -> files + " files, " + mistakes + " mistakes, " + findings + " findings";
    };
  }
}
