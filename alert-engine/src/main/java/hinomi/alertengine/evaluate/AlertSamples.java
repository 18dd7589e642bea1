package hinomi.alertengine.evaluate;

import hinomi.alertengine.state.Alert;
import hinomi.model.Labels;
import hinomi.model.Sample;
import hinomi.model.Vector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// `ALERTS` and `ALERTS_FOR_STATE` of one rule, with a stale marker where a series ends.
final class AlertSamples {
  private Set<Labels> before = Set.of();

  /// Those that were there last.
  Set<Labels> series() {
    return before;
  }

  void inherit(Set<Labels> series) {
    before = series;
  }

  Vector at(String alertname, Collection<Alert> alerts, Instant at) {
    List<Sample> samples = new ArrayList<>();
    Set<Labels> present = new HashSet<>();
    long timestamp = at.toEpochMilli();
    for (Alert alert : alerts) {
      if (alert.phase() != Alert.Phase.RESOLVED) {
        Labels named = alert.labels().with("alertname", alertname);
        Labels state =
            named
                .with(Labels.NAME, "ALERTS")
                .with("alertstate", alert.phase().name().toLowerCase(Locale.ROOT));
        Labels since = named.with(Labels.NAME, "ALERTS_FOR_STATE");
        samples.add(new Sample(state, timestamp, 1));
        samples.add(new Sample(since, timestamp, alert.activeAt().getEpochSecond()));
        present.add(state);
        present.add(since);
      }
    }
    for (Labels labels : before) {
      if (!present.contains(labels)) {
        samples.add(new Sample(labels, timestamp, Sample.STALE));
      }
    }
    before = present;
    return Vector.of(samples);
  }
}
