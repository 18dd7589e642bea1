package hinomi.alertengine.mute;

import hinomi.model.Labels;
import java.util.Optional;

/// What keeps the alerts of one group from being told at one time.
public interface Quiet {
  /// What mutes the whole route, whatever the alert says.
  Optional<Mute> hours();

  /// What mutes this alert: the route's hours or something of its own.
  Optional<Mute> of(Labels alert);
}
