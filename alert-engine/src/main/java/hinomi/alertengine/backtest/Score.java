package hinomi.alertengine.backtest;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// How well alerts meet what is known to have been wrong. An incident is detected by an alert that
/// speaks about it and fires at some time while it lasts; an alert is right when it fires during an
/// incident that it speaks about.
///
/// @param incidents that are known
/// @param detected of these
/// @param fires of alerts that wake people
/// @param right of these
/// @param median from an incident's beginning to the first alert; empty when none is detected
/// @param missed names of the incidents that no alert speaks of
public record Score(
    int incidents,
    int detected,
    int fires,
    int right,
    Optional<Duration> median,
    List<String> missed) {
  /// An alert may say it before people have noticed.
  private static final Duration EARLY = Duration.ofMinutes(10);

  public Score {
    missed = List.copyOf(missed);
  }

  static Score of(List<Course.Fire> all, List<Labelled> incidents) {
    List<Course.Fire> fires =
        all.stream().filter(fire -> fire.labels().get("severity").equals("page")).toList();
    List<Duration> times = new ArrayList<>();
    List<String> missed = new ArrayList<>();
    for (Labelled incident : incidents) {
      Optional<Instant> first =
          fires.stream()
              .filter(fire -> meets(fire, incident))
              .map(Course.Fire::from)
              .min(Instant::compareTo);
      if (first.isPresent()) {
        Duration after = Duration.between(incident.from(), first.get());
        times.add(after.isNegative() ? Duration.ZERO : after);
      } else {
        missed.add(incident.name());
      }
    }
    Collections.sort(times);
    int right =
        (int)
            fires.stream()
                .filter(fire -> incidents.stream().anyMatch(incident -> meets(fire, incident)))
                .count();
    return new Score(
        incidents.size(),
        times.size(),
        fires.size(),
        right,
        times.isEmpty() ? Optional.empty() : Optional.of(times.get((times.size() - 1) / 2)),
        missed);
  }

  private static boolean meets(Course.Fire fire, Labelled incident) {
    return incident.isMeantBy(fire.labels())
        && fire.from().isBefore(incident.to())
        && fire.to().isAfter(incident.from().minus(EARLY));
  }

  /// What share of the alerts is right; empty when none fired.
  public Optional<Double> precision() {
    return fires == 0 ? Optional.empty() : Optional.of((double) right / fires);
  }

  /// What share of the incidents is detected; empty when none is known.
  public Optional<Double> recall() {
    return incidents == 0 ? Optional.empty() : Optional.of((double) detected / incidents);
  }
}
