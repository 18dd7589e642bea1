package hinomi.alertengine.mute;

import hinomi.model.Labels;
import java.time.Instant;
import java.util.Optional;

/// Tells which planned work an alert belongs to at a time. Pages are held back while it lasts, data
/// never; what still fires at its end is told then. Asked under the pager's lock: the answer comes
/// from memory and fails never.
@FunctionalInterface
public interface Maintenances {
  /// There is none.
  Maintenances NONE = (_, _) -> Optional.empty();

  Optional<Mute.Maintenance> covering(Labels alert, Instant at);
}
