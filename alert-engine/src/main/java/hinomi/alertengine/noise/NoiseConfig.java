package hinomi.alertengine.noise;

import hinomi.alertengine.storm.StormConfig;
import hinomi.settings.Section;
import java.time.Duration;

/// Keys `flapping`, `topology-max-hold` and `storm` of the section `alerting`.
///
/// @param topologyMaxHold how long an alert that wakes people is held back at most for what its
///   component needs
public record NoiseConfig(Flapping flapping, Duration topologyMaxHold, StormConfig storm) {
  /// When an alert flaps.
  ///
  /// @param changes between firing and resolved; more of them are flapping; 0: it is never
  /// @param calm how long there must be none, for it to be over
  public record Flapping(int changes, Duration within, Duration calm) {}

  private static final int MAX_CHANGES = 1_000;

  public static NoiseConfig from(Section alerting) {
    Section flapping = alerting.section("flapping");
    return new NoiseConfig(
        new Flapping(
            flapping.number("changes", 5, 0, MAX_CHANGES),
            flapping.duration("within", Duration.ofMinutes(30)),
            flapping.duration("calm", Duration.ofMinutes(15))),
        alerting.duration("topology-max-hold", Duration.ofMinutes(15)),
        StormConfig.from(alerting));
  }
}
