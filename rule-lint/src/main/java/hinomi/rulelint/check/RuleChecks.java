package hinomi.rulelint.check;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// All checks of single rules, by name, in the order in which they are documented.
public final class RuleChecks {
  private RuleChecks() {}

  public static Map<String, RuleCheck> all() {
    Map<String, RuleCheck> checks = new LinkedHashMap<>();
    checks.put("silent-when-all-bad", new SilentWhenAllBad());
    checks.put("never-true", new NeverTrue());
    checks.put("impossible-selector", new ImpossibleSelector());
    checks.put("never-matches", new NeverMatches());
    checks.put("no-condition", new NoCondition());
    checks.put("absent-of-many", new AbsentOfMany());
    checks.put("label-overwritten", new LabelOverwritten());
    checks.put("lost-label", new LostLabel());
    checks.put("template-label", new TemplateLabel());
    checks.put("value-in-label", new ValueInLabel());
    checks.put("unstable-series", new UnstableSeries());
    checks.put("counter-as-gauge", new CounterAsGauge());
    checks.put("rate-of-sum", new RateOfSum());
    checks.put("short-range", new ShortRange());
    checks.put("equal-with-pattern", new EqualWithPattern());
    checks.put("market-hours", new MarketHours());
    checks.put("utc-hours", new UtcHours());
    checks.put("thin-traffic", new ThinTraffic());
    checks.put("crossed-book", new CrossedBook());
    checks.put("feed-gap", new FeedGap());
    return Collections.unmodifiableMap(checks);
  }
}
