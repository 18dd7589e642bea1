package hinomi.alertengine;

import hinomi.alertengine.alertmanager.AlertmanagerFile;
import hinomi.alertengine.alertmanager.AlertmanagerReader;
import hinomi.alertengine.deliver.mail.SmtpConfig;
import hinomi.alertengine.external.ExternalConfig;
import hinomi.alertengine.mute.Hours;
import hinomi.alertengine.mute.InhibitRule;
import hinomi.alertengine.mute.MaintenanceReader;
import hinomi.alertengine.mute.Maintenances;
import hinomi.alertengine.oncall.Channel;
import hinomi.alertengine.oncall.OnCall;
import hinomi.alertengine.route.LadderTree;
import hinomi.alertengine.route.Routing;
import hinomi.settings.Mistakes;
import hinomi.settings.Section;
import hinomi.settings.Yaml;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Who is told of what, and when not: people and ladders, the routing tree, times of day, alerts
/// that silence others, planned work.
///
/// @param hooks webhooks of receivers, by the name of their target
/// @param smtp the mail server that an `alertmanager.yml` names; none, or one
/// @param resolveTimeout how long an alert of others stands whose sender named no end
/// @param notes what of that file has no effect, one line each
public record AlertRouting(
    OnCall onCall,
    Routing tree,
    List<InhibitRule> inhibitRules,
    Hours hours,
    Maintenances maintenances,
    Map<String, Channel> hooks,
    List<SmtpConfig> smtp,
    Duration resolveTimeout,
    List<String> notes) {
  public AlertRouting {
    inhibitRules = List.copyOf(inhibitRules);
    hooks = Map.copyOf(hooks);
    smtp = List.copyOf(smtp);
    notes = List.copyOf(notes);
  }

  /// Reads `alertmanager.yml`, if there is one, and the planned work. Without the file, the ladders
  /// alone say who is told.
  public static AlertRouting read(AlertEngineConfig config, OnCall onCall, Mistakes mistakes) {
    return read(config, onCall, Set.of(), mistakes);
  }

  /// Likewise.
  ///
  /// @param components ids that planned work may name; none when they are not known
  public static AlertRouting read(
      AlertEngineConfig config, OnCall onCall, Set<String> components, Mistakes mistakes) {
    Maintenances planned = MaintenanceReader.read(config.maintenance(), components, mistakes);
    return Files.exists(config.alertmanagerFile())
        ? of(Yaml.read(config.alertmanagerFile(), mistakes), config, onCall, planned)
        : ofLadders(config, onCall, planned);
  }

  private static AlertRouting ofLadders(
      AlertEngineConfig config, OnCall onCall, Maintenances planned) {
    return new AlertRouting(
        onCall,
        LadderTree.of(onCall, config.groupBy(), config.page(), config.notice()),
        List.of(),
        new Hours(Map.of()),
        planned,
        Map.of(),
        List.of(),
        ExternalConfig.RESOLVE_TIMEOUT,
        List.of());
  }

  /// The same with another `alertmanager.yml`.
  public static AlertRouting of(
      Section alertmanager, AlertEngineConfig config, OnCall onCall, Mistakes mistakes) {
    Maintenances planned = MaintenanceReader.read(config.maintenance(), Set.of(), mistakes);
    return of(alertmanager, config, onCall, planned);
  }

  private static AlertRouting of(
      Section alertmanager, AlertEngineConfig config, OnCall onCall, Maintenances planned) {
    AlertmanagerFile file =
        new AlertmanagerReader(onCall, config.importUndeliverable()).read(alertmanager);
    return new AlertRouting(
        onCall,
        new Routing(file.root(), file.receivers(), onCall),
        file.inhibitRules(),
        new Hours(file.intervals()),
        planned,
        file.hooks(),
        file.smtp(),
        file.resolveTimeout(),
        file.notes());
  }
}
