package hinomi.rulelint;

import hinomi.alertengine.AlertRouting;
import hinomi.alertengine.rule.Vocabulary;
import hinomi.model.Text;
import hinomi.promql.parse.Dialect;
import hinomi.rulelint.check.Flaw;
import hinomi.rulelint.check.RuleCheck;
import hinomi.rulelint.check.RuleChecks;
import hinomi.rulelint.check.Severity;
import hinomi.rulelint.check.Spot;
import hinomi.rulelint.check.Subject;
import hinomi.rulelint.read.Entry;
import hinomi.rulelint.read.RuleFile;
import hinomi.rulelint.route.Duplicates;
import hinomi.rulelint.route.RouteLint;
import hinomi.rulelint.route.UnusedLabels;
import hinomi.rulelint.series.NoSeries;
import hinomi.settings.DidYouMean;
import hinomi.settings.Mistake;
import hinomi.settings.Mistakes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Looks for rules and routes that are well formed and still may not do what is meant. Reads files;
/// for any threads.
///
/// @param vocabulary what rules may say
/// @param dialect of their expressions
public record RuleLint(Vocabulary vocabulary, Dialect dialect) {
  private static final Map<String, RuleCheck> CHECKS = RuleChecks.all();

  /// What came of it.
  ///
  /// @param mistakes of files that could not be judged
  public record Report(List<Finding> findings, List<Mistake> mistakes) {
    public Report {
      findings = List.copyOf(findings);
      mistakes = List.copyOf(mistakes);
    }

    /// Both together.
    public Report and(Report other) {
      Set<Mistake> allMistakes = new TreeSet<>(mistakes);
      allMistakes.addAll(other.mistakes);
      return new Report(
          Stream.concat(findings.stream(), other.findings.stream()).sorted(Finding.ORDER).toList(),
          List.copyOf(allMistakes));
    }

    /// Whether there is more than notes.
    public boolean isBad() {
      return !mistakes.isEmpty() || findings.stream().anyMatch(Finding::isMoreThanNote);
    }
  }

  /// All that is judged together.
  private record Book(List<RuleFile> files, List<Mistake> mistakes) {
    List<Entry> entries() {
      return files.stream().flatMap(file -> file.entries().stream()).toList();
    }
  }

  /// Rules alone, with nothing known of who is told.
  public Report rules(List<Path> files) {
    Book book = read(files);
    return report(book, judged(book));
  }

  /// Rules, and the routes that their alerts take.
  public Report rules(List<Path> files, AlertRouting routing, Path alertmanagerFile) {
    Book book = read(files);
    List<Finding> findings = judged(book);
    findings.addAll(new UnusedLabels(routing).of(book.entries()));
    findings.addAll(RouteLint.of(alertmanagerFile, routing, book.entries()));
    return report(book, findings);
  }

  /// What matches no series.
  public Report series(List<Path> files, KnownSeries known) {
    Book book = read(files);
    return report(book, new NoSeries(known, book.entries()).findings());
  }

  /// The names of all checks.
  public static Set<String> checks() {
    Set<String> names = new TreeSet<>(CHECKS.keySet());
    names.addAll(
        Set.of(
            "duplicate",
            "no-series",
            "unused-label",
            "unreachable-route",
            "route-without-rules",
            "unused-receiver",
            "unused-interval",
            "inhibits-too-much",
            "lint-comment"));
    return names;
  }

  private Book read(List<Path> files) {
    Mistakes mistakes = new Mistakes();
    List<RuleFile> read =
        files.stream().map(file -> RuleFile.read(file, mistakes, vocabulary, dialect)).toList();
    return new Book(read, mistakes.all());
  }

  private static List<Finding> judged(Book book) {
    List<Finding> findings = new ArrayList<>();
    for (Entry entry : book.entries()) {
      if (entry.expr().isPresent() && !entry.written().isOfKind()) {
        Subject subject =
            new Subject(
                entry.group().interval(),
                entry.rule(),
                entry.expr().orElseThrow(),
                entry.carried());
        CHECKS.forEach((name, check) ->
            check.of(subject).forEach(flaw -> findings.add(finding(name, entry, flaw))));
      }
    }
    findings.addAll(Duplicates.of(book.entries()));
    for (RuleFile file : book.files()) {
      file.switches().named().forEach(name -> comment(name, findings));
    }
    return findings;
  }

  private static void comment(Mistake name, List<Finding> findings) {
    Set<String> known = checks();
    if (!known.contains(name.text())) {
      String hint = DidYouMean.hint(name.text(), known);
      findings.add(
          new Finding(
              "lint-comment",
              Severity.WARNING,
              name.text(),
              name,
              new Text(
                  "「" + name.text() + "」という検査はありません" + hint,
                  "no check is called \"" + name.text() + "\"" + hint),
              Text.same("")));
    }
  }

  private static Finding finding(String check, Entry entry, Flaw flaw) {
    Mistake place =
        switch (flaw.spot()) {
          case Spot.Name _ -> entry.written().atName("");
          case Spot.InExpression spot -> entry.written().atExpression(spot.offset(), "");
          case Spot.OfLabel spot -> entry.written().atLabel(spot.label(), "");
          case Spot.InAnnotation spot ->
              entry.written().atAnnotation(spot.annotation(), spot.offset(), "");
        };
    return new Finding(
        check, flaw.severity(), entry.rule().name(), place, flaw.what(), flaw.advice());
  }

  /// Without what comments switch off, and with each word about a place said once.
  private static Report report(Book book, List<Finding> findings) {
    List<Finding> left =
        findings.stream()
            .filter(finding ->
                book.files().stream()
                    .filter(file -> file.path().toString().equals(finding.place().file()))
                    .noneMatch(
                        file -> file.switches().isOff(finding.check(), finding.place().line())))
            .distinct()
            .sorted(Finding.ORDER)
            .toList();
    return new Report(left, book.mistakes());
  }
}
