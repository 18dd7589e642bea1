package hinomi.ruletests;

import hinomi.alertengine.calendar.TradingCalendars;
import hinomi.alertengine.rule.AlertRules;
import hinomi.alertengine.rule.Rule;
import hinomi.alertengine.rule.RuleGroup;
import hinomi.alertengine.rule.Vocabulary;
import hinomi.alertengine.rule.Watch;
import hinomi.promql.PromQl;
import hinomi.promql.PromQlConfig;
import hinomi.settings.Mistake;
import hinomi.settings.Mistakes;
import hinomi.settings.Section;
import hinomi.settings.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Runs files of rule tests, in promtool's format, unchanged, or of our own `.spec`, with the code
/// that evaluates rules live. Differs from promtool in what the product differs in: experimental
/// functions are understood. Any thread, several files at the same time.
public final class RuleTests {
  private final PromQlConfig queries;

  /// As configured where nothing is.
  static final Duration HOLD_WITHOUT_DATA = Duration.ofHours(1);

  private final Optional<Pattern> only;
  private final Path calendars;

  /// @param queries how queries are answered
  /// @param only names of the groups of tests that are run; empty: all
  /// @param calendars folder of the trading calendars that rules may name; it need not be there
  public RuleTests(PromQlConfig queries, Optional<Pattern> only, Path calendars) {
    this.queries = queries;
    this.only = only;
    this.calendars = calendars;
  }

  /// What came of one file.
  ///
  /// @param failures in the order of the file; none when all is as expected
  /// @param warnings that change no verdict
  public record Verdict(Path file, List<String> failures, List<String> warnings) {
    public Verdict {
      failures = List.copyOf(failures);
      warnings = List.copyOf(warnings);
    }

    public boolean failed() {
      return !failures.isEmpty();
    }
  }

  /// A file that ends in `.spec` is one of ours. Mistakes in the file, or in the rule files that it
  /// names, are failures with their places.
  public Verdict run(Path file) {
    return file.toString().endsWith(".spec") ? spec(file) : promtool(file);
  }

  private Verdict spec(Path file) {
    Mistakes mistakes = new Mistakes();
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      return new Verdict(file, List.of(file + ": cannot be read: " + e.getMessage()), List.of());
    }
    SpecFile spec = new SpecReader(file, mistakes, vocabulary(mistakes)).read(lines);
    return new Verdict(
        file,
        mistakes.isEmpty() ? new SpecRun(file, spec, queries).failures() : lines(mistakes),
        List.of());
  }

  private Vocabulary vocabulary(Mistakes mistakes) {
    return new Vocabulary(expression -> PromQl.check(expression, queries.dialect()), Map.of())
        .with(TradingCalendars.read(calendars, mistakes));
  }

  private Verdict promtool(Path file) {
    Mistakes mistakes = new Mistakes();
    Section root = Yaml.read(file, mistakes);
    List<String> warnings = new ArrayList<>();
    TestFile tests = new TestFileReader(root, ruleFiles(file, root, warnings)).read();
    if (!mistakes.isEmpty()) {
      return new Verdict(file, lines(mistakes), warnings);
    }
    List<TestFile.Group> wanted =
        tests.groups().stream()
            .filter(group -> only.map(names -> names.matcher(group.name()).find()).orElse(true))
            .toList();
    if (wanted.isEmpty()) {
      return new Verdict(file, List.of(), warnings);
    }
    List<RuleGroup> rules = rules(tests, mistakes);
    if (!mistakes.isEmpty()) {
      return new Verdict(file, lines(mistakes), warnings);
    }
    List<String> failures = new ArrayList<>();
    for (TestFile.Group group : wanted) {
      failures.addAll(new TestGroupRun(tests, group, rules, queries).failures());
    }
    return new Verdict(file, failures, warnings);
  }

  private static List<Path> ruleFiles(Path file, Section root, List<String> warnings) {
    Path parent = file.getParent();
    Path folder = parent == null ? Path.of("") : parent;
    List<Path> files = new ArrayList<>();
    for (String pattern : root.texts("rule_files")) {
      List<Path> found = Globs.find(folder, pattern);
      if (found.isEmpty()) {
        warnings.add("no file match pattern " + folder.resolve(pattern).normalize());
      }
      files.addAll(found);
    }
    return files.stream().distinct().toList();
  }

  /// All groups in the order in which they are evaluated.
  private List<RuleGroup> rules(TestFile tests, Mistakes mistakes) {
    List<RuleGroup> groups = new ArrayList<>();
    Vocabulary vocabulary = vocabulary(mistakes);
    for (Path file : tests.ruleFiles()) {
      AlertRules.readFile(file, mistakes, vocabulary).groups().stream()
          .map(group -> group.with(group.rules().stream().map(RuleTests::asItIsLive).toList()))
          .forEach(groups::add);
    }
    List<String> order = tests.order();
    groups.sort(Comparator.comparingInt(group -> Math.max(0, order.indexOf(group.name()))));
    return groups;
  }

  /// What says more than Prometheus' rules can is held for want of data as the live engine does it.
  private static Rule asItIsLive(Rule rule) {
    return rule instanceof Rule.Alerting alerting && !alerting.watch().equals(Watch.PLAIN)
        ? alerting.with(alerting.watch().holding(HOLD_WITHOUT_DATA))
        : rule;
  }

  private static List<String> lines(Mistakes mistakes) {
    return mistakes.all().stream().map(Mistake::toString).toList();
  }
}
