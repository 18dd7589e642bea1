package hinomi.rulelint.series;

import hinomi.alertengine.rule.Rule;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.model.Text;
import hinomi.promql.parse.Expr;
import hinomi.promql.parse.Operator;
import hinomi.rulelint.Finding;
import hinomi.rulelint.KnownSeries;
import hinomi.rulelint.check.Severity;
import hinomi.rulelint.read.Entry;
import hinomi.settings.DidYouMean;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Selectors that match nothing of what a store has: the rule around them can never fire. What a
/// rule records comes when it is evaluated, `ALERTS` when one fires, and what `absent` asks for is
/// meant to be missing. One use.
public final class NoSeries {
  private final KnownSeries known;
  private final List<Entry> entries;
  private final Set<String> recorded = new HashSet<>(Set.of("ALERTS", "ALERTS_FOR_STATE"));
  private final Map<List<Matcher>, Boolean> asked = new HashMap<>();
  private final List<Finding> findings = new ArrayList<>();

  public NoSeries(KnownSeries known, List<Entry> entries) {
    this.known = known;
    this.entries = entries;
    entries.stream()
        .map(Entry::rule)
        .filter(Rule.Recording.class::isInstance)
        .forEach(rule -> recorded.add(rule.name()));
  }

  public List<Finding> findings() {
    for (Entry entry : entries) {
      entry.expr().ifPresent(expr -> look(expr, entry, Severity.WARNING));
    }
    return findings;
  }

  /// @param severity whether the rule needs what the expression finds
  private void look(Expr expr, Entry entry, Severity severity) {
    switch (expr) {
      case Expr.Selector selector -> judge(selector, entry, severity);
      case Expr.Call call when call.function().name().startsWith("absent") -> {}
      case Expr.Binary binary
          when binary.operator() == Operator.OR || binary.operator() == Operator.UNLESS -> {
        look(binary.left(), entry, severity);
        look(binary.right(), entry, Severity.NOTE);
      }
      default -> expr.parts().forEach(part -> look(part, entry, severity));
    }
  }

  private void judge(Expr.Selector selector, Entry entry, Severity severity) {
    List<Matcher> matchers = selector.matchers();
    if (matchers.stream().anyMatch(this::isRecorded) || any(matchers)) {
      return;
    }
    findings.add(
        new Finding(
            "no-series",
            severity,
            entry.rule().name(),
            entry.written().atExpression(selector.span().start(), ""),
            what(matchers),
            Text.same("")));
  }

  private boolean isRecorded(Matcher matcher) {
    return matcher.name().equals(Labels.NAME) && recorded.stream().anyMatch(matcher::matches);
  }

  private boolean any(List<Matcher> matchers) {
    return asked.computeIfAbsent(matchers, known.any()::fits);
  }

  private Text what(List<Matcher> matchers) {
    Optional<Matcher> name =
        matchers.stream().filter(matcher -> matcher.name().equals(Labels.NAME)).findFirst();
    if (name.isPresent() && !any(List.of(name.get()))) {
      String metric = name.get().value();
      String hint = DidYouMean.hint(metric, known.names().all());
      return new Text(
          "メトリック " + metric + " の系列は届いていません" + hint, "no series of the metric " + metric + hint);
    }
    for (Matcher matcher : matchers) {
      List<Matcher> alone =
          name.filter(metric -> !metric.equals(matcher))
              .map(metric -> List.of(metric, matcher))
              .orElse(List.of(matcher));
      if (!any(alone)) {
        return new Text("「" + matcher + "」に合う系列がありません", "no series has " + matcher);
      }
    }
    return new Text(
        "すべての条件に合う系列がありません（一つずつなら合う系列があります）",
        "no series fits all of these conditions, though each of them alone has some");
  }
}
