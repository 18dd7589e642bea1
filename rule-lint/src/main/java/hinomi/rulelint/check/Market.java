package hinomi.rulelint.check;

import hinomi.alertengine.rule.Rule;
import hinomi.promql.parse.Expr;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Whether a rule is about a market, and whether it knows when that is open. Told by the words of
/// an exchange in names of labels and metrics.
final class Market {
  private static final Set<String> LABELS =
      Set.of("market", "symbol", "pair", "instrument", "venue", "lp", "session");
  private static final Pattern METRICS =
      Pattern.compile(
          "(^|[_:])(markets?|orders?|trades?|executions?|quotes?|book|mid_price|md|lp|fix|fills?)"
              + "([_:]|$)");
  private static final Pattern HOURS =
      Pattern.compile(
          "(^|[_:])(open|phase|trading|expected|calendar|halt|halted|maintenance)([_:]|$)");

  private Market() {}

  static boolean concerns(Subject subject) {
    return names(subject.expr()).anyMatch(Market::isOfMarket);
  }

  /// Labels and metrics that the expression names; a metric with a colon in front.
  private static Stream<String> names(Expr expr) {
    return Walk.all(expr)
        .flatMap(part ->
            switch (part) {
              case Expr.Selector selector ->
                  Stream.concat(
                      Stream.of(":" + selector.name()),
                      selector.matchers().stream().map(matcher -> matcher.name()));
              case Expr.Aggregate aggregate when !aggregate.without() ->
                  aggregate.grouping().stream();
              case Expr.Binary binary when binary.matching().on() ->
                  binary.matching().labels().stream();
              default -> Stream.empty();
            });
  }

  private static boolean isOfMarket(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.startsWith(":")
        ? METRICS.matcher(lower.substring(1)).find()
        : LABELS.contains(lower);
  }

  /// Whether it is bound to a calendar, or asks a series about the market's hours.
  static boolean isGated(Subject subject) {
    return (subject.rule() instanceof Rule.Alerting alerting && alerting.watch().when().isPresent())
        || Walk.selectors(subject.expr())
            .anyMatch(selector ->
                HOURS.matcher(selector.name().toLowerCase(Locale.ROOT)).find()
                    || selector.matchers().stream()
                        .anyMatch(matcher -> matcher.name().equals("phase")))
        || Walk.calls(subject.expr())
            .anyMatch(call -> call.function().name().matches("hour|day_of_week"));
  }
}
