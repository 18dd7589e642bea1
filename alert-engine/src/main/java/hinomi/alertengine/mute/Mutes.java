package hinomi.alertengine.mute;

import hinomi.alertengine.route.Route;
import hinomi.alertengine.route.RouteNode;
import hinomi.alertengine.route.Routing;
import hinomi.model.Labels;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// All that keeps alerts from being told. Of several reasons the first counts: planned work, a
/// silence, another alert, the time of day.
///
/// @param inhibitions with the alerts that fire now
public record Mutes(
    Hours hours, Inhibitions inhibitions, Maintenances maintenances, Silences silences) {

  /// All that keeps an alert from being told at a time, but for silences.
  public List<Mute> besidesSilences(Labels alert, Routing routing, Instant now) {
    List<Mute> all = new ArrayList<>();
    maintenances.covering(alert, now).ifPresent(all::add);
    inhibitions.of(alert).ifPresent(all::add);
    for (Route route : routing.routes(alert)) {
      RouteNode.Terms terms = routing.terms(route);
      hours
          .judge(terms.muteDuring(), terms.activeDuring(), now)
          .filter(mute -> !all.contains(mute))
          .ifPresent(all::add);
    }
    return all;
  }

  /// What keeps the alerts of one route silent at one time.
  ///
  /// @param mute names of time intervals in which the route tells nobody
  /// @param active names of the only time intervals in which it tells somebody
  public Quiet at(List<String> mute, List<String> active, Instant now) {
    Optional<Mute> route = hours.judge(mute, active, now);
    return new Quiet() {
      @Override
      public Optional<Mute> hours() {
        return route;
      }

      @Override
      public Optional<Mute> of(Labels alert) {
        return maintenances
            .covering(alert, now)
            .<Mute>map(mute -> mute)
            .or(() -> silences.covering(alert, now))
            .or(() -> inhibitions.of(alert))
            .or(() -> route);
      }
    };
  }
}
