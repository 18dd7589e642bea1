package hinomi.server;

import hinomi.alertengine.AlertEngineConfig;
import hinomi.alertengine.AlertRouting;
import hinomi.rulelint.RuleLint;
import hinomi.settings.Yaml;
import java.nio.file.Path;
import java.util.List;

/// The lint of a whole configuration, as its files are when it is asked.
record ConfigLint(RuleLint rules, AlertEngineConfig alerting, AlertRouting routing) {
  List<Path> files() {
    return Yaml.files(alerting.rules());
  }

  RuleLint.Report report() {
    return rules.rules(files(), routing, alerting.alertmanagerFile());
  }
}
