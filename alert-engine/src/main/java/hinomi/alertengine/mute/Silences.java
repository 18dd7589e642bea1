package hinomi.alertengine.mute;

import hinomi.model.Labels;
import java.time.Instant;
import java.util.Optional;

/// Tells which silence covers an alert at a time. Asked whenever a page is about to leave, under
/// the pager's lock: the answer comes from memory and fails never. Of several silences, the one
/// that lasts longest. When one is made, changed or ended by a person, the
/// [hinomi.alertengine.escalate.Pager] is to be told by `reconsider()`.
@FunctionalInterface
public interface Silences {
  /// There are none.
  Silences NONE = (_, _) -> Optional.empty();

  Optional<Mute.Silenced> covering(Labels alert, Instant at);
}
