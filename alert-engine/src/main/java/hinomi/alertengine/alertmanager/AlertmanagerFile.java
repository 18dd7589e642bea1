package hinomi.alertengine.alertmanager;

import hinomi.alertengine.deliver.mail.SmtpConfig;
import hinomi.alertengine.mute.InhibitRule;
import hinomi.alertengine.mute.TimeInterval;
import hinomi.alertengine.oncall.Channel;
import hinomi.alertengine.route.Receiver;
import hinomi.alertengine.route.RouteNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What an Alertmanager's configuration says, as far as it concerns us (Alertmanager,
/// docs/configuration).
///
/// @param receivers by name
/// @param hooks the webhooks of the receivers, by the name of their target
/// @param intervals named times of day
/// @param smtp its mail server; none, or one
/// @param resolveTimeout how long an alert stands whose sender named no end
/// @param notes what is read but has no effect here, one line each with its place
public record AlertmanagerFile(
    RouteNode root,
    Map<String, Receiver> receivers,
    Map<String, Channel> hooks,
    List<InhibitRule> inhibitRules,
    Map<String, List<TimeInterval>> intervals,
    List<SmtpConfig> smtp,
    Duration resolveTimeout,
    List<String> notes) {
  public AlertmanagerFile {
    receivers = Map.copyOf(receivers);
    hooks = Map.copyOf(hooks);
    inhibitRules = List.copyOf(inhibitRules);
    intervals = Map.copyOf(intervals);
    smtp = List.copyOf(smtp);
    notes = List.copyOf(notes);
  }
}
