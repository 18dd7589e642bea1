package hinomi.alertengine.standing;

import hinomi.model.Labels;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// An alert that fires.
///
/// @param startsAt since when
/// @param updatedAt when that was last confirmed
/// @param endsAt when it would count as over if nobody confirmed it again
/// @param generatorUrl where it is explained; may be empty
public record StandingAlert(
    Labels labels,
    Map<String, String> annotations,
    Instant startsAt,
    Instant updatedAt,
    Instant endsAt,
    String generatorUrl) {
  public StandingAlert {
    annotations = Collections.unmodifiableMap(new TreeMap<>(annotations));
  }
}
