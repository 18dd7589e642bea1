package hinomi.alertengine.external;

import hinomi.model.Labels;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// An alert as it was sent.
///
/// @param startsAt empty: now
/// @param endsAt empty: not known, so that it is over when it is not sent again in time
public record PostedAlert(
    Labels labels,
    Map<String, String> annotations,
    Optional<Instant> startsAt,
    Optional<Instant> endsAt,
    String generatorUrl) {
  public PostedAlert {
    annotations = Map.copyOf(annotations);
  }

  /// With the times that it did not say (Alertmanager, api/v2/api.go).
  ExternalAlert received(Instant now, Duration resolveTimeout) {
    Instant start = startsAt.or(() -> endsAt).orElse(now);
    return new ExternalAlert(
        labels,
        annotations,
        generatorUrl,
        start,
        endsAt.orElseGet(() -> now.plus(resolveTimeout)),
        now,
        endsAt.isEmpty(),
        now,
        ExternalAlert.End.NOT_YET);
  }
}
