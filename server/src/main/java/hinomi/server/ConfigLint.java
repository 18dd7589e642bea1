package hinomi.server;

import hinomi.alertengine.AlertEngineConfig;
import hinomi.alertengine.AlertRouting;
import hinomi.metricstore.MetricStore;
import hinomi.model.Labels;
import hinomi.model.Time;
import hinomi.rulelint.Finding;
import hinomi.rulelint.KnownSeries;
import hinomi.rulelint.RuleLint;
import hinomi.settings.Yaml;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The lint of a whole configuration, as its files are when it is asked.
record ConfigLint(RuleLint rules, AlertEngineConfig alerting, AlertRouting routing) {
  private static final Logger log = LoggerFactory.getLogger(ConfigLint.class);

  /// What a store has had within a day it has.
  private static final Duration LATELY = Duration.ofDays(1);

  private static final int MOST_LINES = 20;

  List<Path> files() {
    return Yaml.files(alerting.rules());
  }

  RuleLint.Report report() {
    return rules.rules(files(), routing, alerting.alertmanagerFile());
  }

  /// Also of what matches no series of a store.
  RuleLint.Report report(MetricStore metrics, Time time) {
    return report().and(rules.series(files(), known(metrics, time)));
  }

  private static KnownSeries known(MetricStore metrics, Time time) {
    long to = time.now().toEpochMilli();
    long from = to - LATELY.toMillis();
    return new KnownSeries(
        matchers -> !metrics.series(matchers, from, to).isEmpty(),
        () -> metrics.labelValues(Labels.NAME, List.of(), from, to));
  }

  /// A line for each finding but notes; the rest is counted.
  void tell() {
    List<Finding> findings = report().findings().stream().filter(Finding::isMoreThanNote).toList();
    findings.stream()
        .limit(MOST_LINES)
        .forEach(finding ->
            log.atWarn()
                .addKeyValue("place", place(finding))
                .addKeyValue("rule", finding.rule())
                .addKeyValue("check", finding.check())
                .addKeyValue("why", finding.what().en())
                .log("a rule may not do what is meant"));
    if (findings.size() > MOST_LINES) {
      log.atWarn()
          .addKeyValue("more", findings.size() - MOST_LINES)
          .log("more rules may not do what is meant; see hinomi lint");
    }
  }

  private static String place(Finding finding) {
    return finding.place().file() + ":" + finding.place().line() + ":" + finding.place().column();
  }
}
