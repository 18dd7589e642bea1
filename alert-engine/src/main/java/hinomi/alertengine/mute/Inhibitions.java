package hinomi.alertengine.mute;

import hinomi.model.Labels;
import hinomi.model.Matcher;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The alerts that fire and keep others from being told, found by the labels on which both have to
/// agree: what an answer costs does not grow with the number of alerts. Guarded by its owner's
/// lock.
public final class Inhibitions {
  private final List<Sources> rules;

  public Inhibitions(List<InhibitRule> rules) {
    this.rules = rules.stream().map(Sources::new).toList();
  }

  /// The firing sources of one rule, by the values of its equal labels, then by the alert's key.
  private record Sources(InhibitRule rule, Map<List<String>, Map<String, Labels>> firing) {
    Sources(InhibitRule rule) {
      this(rule, new LinkedHashMap<>());
    }

    List<String> place(Labels alert) {
      List<String> values = new ArrayList<>();
      rule.equal().forEach(label -> values.add(alert.get(label)));
      return values;
    }
  }

  /// An alert began to fire.
  ///
  /// @param key that tells it from others
  /// @return whether it is a source
  public boolean fired(String key, Labels alert) {
    boolean any = false;
    for (Sources sources : rules) {
      if (Matcher.allMatch(sources.rule().source(), alert)) {
        any = true;
        sources
            .firing()
            .computeIfAbsent(sources.place(alert), _ -> new TreeMap<>())
            .put(key, alert);
      }
    }
    return any;
  }

  /// An alert fires no longer.
  ///
  /// @return whether it was a source
  public boolean ended(String key, Labels alert) {
    boolean any = false;
    for (Sources sources : rules) {
      List<String> place = sources.place(alert);
      Map<String, Labels> there = sources.firing().get(place);
      if (there != null && there.remove(key) != null) {
        any = true;
        if (there.isEmpty()) {
          sources.firing().remove(place);
        }
      }
    }
    return any;
  }

  /// Forgets all that fires.
  public void clear() {
    rules.forEach(sources -> sources.firing().clear());
  }

  /// What keeps an alert from being told, if anything does.
  public Optional<Mute> of(Labels alert) {
    for (Sources sources : rules) {
      Map<String, Labels> there = sources.firing().get(sources.place(alert));
      Optional<Labels> source =
          there == null ? Optional.empty() : sources.rule().inhibitor(alert, there.values());
      if (source.isPresent()) {
        return Optional.of(new Mute.Inhibited(sources.rule().name(), source.get()));
      }
    }
    return Optional.empty();
  }
}
