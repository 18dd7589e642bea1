package hinomi.alertengine.mute;

import hinomi.alertengine.route.Route;
import hinomi.alertengine.route.RouteNode;
import hinomi.alertengine.route.Routing;
import hinomi.model.Labels;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// All that keeps alerts from being told. Of several reasons the first counts: planned work, a
/// silence, another alert, what the component needs, the time of day.
///
/// @param inhibitions with the alerts that fire now
/// @param causes likewise
public record Mutes(
    Hours hours,
    Inhibitions inhibitions,
    Causes causes,
    Maintenances maintenances,
    Silences silences) {

  /// All that keeps an alert from being told at a time, but for silences.
  public List<Mute> besidesSilences(Labels alert, Routing routing, Instant now) {
    List<Mute> all = new ArrayList<>();
    maintenances.covering(alert, now).ifPresent(all::add);
    inhibitions.of(alert).ifPresent(all::add);
    causes.of(alert, now, other -> stated(other, now).isEmpty()).ifPresent(all::add);
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
        return stated(alert, now)
            .or(() -> causes.of(alert, now, other -> stated(other, now).isEmpty()))
            .or(() -> route);
      }
    };
  }

  /// What somebody has said about an alert, be it in a rule.
  private Optional<Mute> stated(Labels alert, Instant now) {
    return maintenances
        .covering(alert, now)
        .<Mute>map(mute -> mute)
        .or(() -> silences.covering(alert, now))
        .or(() -> inhibitions.of(alert));
  }

  /// The alerts that are held back since some others fire.
  public List<Labels> consequences(Set<Labels> causing, Instant now) {
    return causes.consequences(causing, now, other -> stated(other, now).isEmpty());
  }

  /// An alert fires.
  ///
  /// @param key that tells it from others
  /// @param page whether it wakes people
  public void fired(String key, Labels alert, Instant since, boolean page) {
    boolean _ = inhibitions.fired(key, alert);
    causes.fired(key, alert, since, page);
  }

  /// An alert fires no longer.
  ///
  /// @return whether it may have kept others from being told
  public boolean ended(String key, Labels alert) {
    boolean source = inhibitions.ended(key, alert);
    return causes.ended(key, alert) || source;
  }

  /// Forgets all that fires.
  public void clear() {
    inhibitions.clear();
    causes.clear();
  }
}
