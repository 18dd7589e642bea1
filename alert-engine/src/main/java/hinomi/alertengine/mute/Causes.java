package hinomi.alertengine.mute;

import static hinomi.alertengine.state.Alert.NEVER;

import hinomi.alertengine.Topology;
import hinomi.model.Labels;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// The alerts that fire, by the component that their label `component` names: while something that
/// a component needs has a page that people hear of, the component's own alerts are its
/// consequences. What would wake people is held for a limited time only, for the topology may be
/// wrong. Guarded by its owner's lock.
public final class Causes {
  private static final String COMPONENT = "component";
  private static final int MAX_ASKED = 10;

  private final Topology topology;
  private final Duration maxHold;
  private final Map<String, Map<String, Firing>> byComponent = new LinkedHashMap<>(); // then by key
  private final Map<Labels, Firing> byLabels = new LinkedHashMap<>();
  private final Map<String, Set<String>> above = new HashMap<>(); // what those that fire need
  private final Map<String, Set<String>> below = new HashMap<>(); // the same the other way round

  /// @param maxHold for how long an alert that wakes people is held back at most
  public Causes(Topology topology, Duration maxHold) {
    this.topology = topology;
    this.maxHold = maxHold;
  }

  private record Firing(Labels labels, Instant since, boolean page) {}

  /// An alert fires.
  ///
  /// @param key that tells it from others
  /// @param page whether it wakes people
  public void fired(String key, Labels alert, Instant since, boolean page) {
    String component = alert.get(COMPONENT);
    if (!component.isEmpty()) {
      Firing firing = new Firing(alert, since, page);
      byComponent.computeIfAbsent(component, this::begun).put(key, firing);
      byLabels.put(alert, firing);
    }
  }

  private Map<String, Firing> begun(String component) {
    Set<String> needed = new HashSet<>();
    need(component, needed);
    needed.forEach(one -> below.computeIfAbsent(one, _ -> new LinkedHashSet<>()).add(component));
    above.put(component, needed);
    return new LinkedHashMap<>();
  }

  private void need(String component, Set<String> all) {
    topology.upstreams(component).stream().filter(all::add).toList().forEach(one -> need(one, all));
  }

  private void calm(String component) {
    byComponent.remove(component);
    for (String one : above.getOrDefault(component, Set.of())) {
      Set<String> left = below.getOrDefault(one, Set.of());
      left.remove(component);
      if (left.isEmpty()) {
        below.remove(one);
      }
    }
    above.remove(component);
  }

  /// An alert fires no longer.
  ///
  /// @return whether it may have been a cause
  public boolean ended(String key, Labels alert) {
    Map<String, Firing> there = byComponent.get(alert.get(COMPONENT));
    Firing ended = there == null ? null : there.remove(key);
    if (there == null || ended == null) {
      return false;
    }
    byLabels.remove(alert);
    if (there.isEmpty()) {
      calm(alert.get(COMPONENT));
    }
    return ended.page();
  }

  /// Forgets all that fires.
  public void clear() {
    byComponent.clear();
    byLabels.clear();
    above.clear();
    below.clear();
  }

  /// What an alert is a consequence of, if it is.
  ///
  /// @param heard whether people hear of an alert, as far as nothing else causes it
  public Optional<Mute> of(Labels alert, Instant now, Predicate<Labels> heard) {
    String component = alert.get(COMPONENT);
    if (component.isEmpty()) {
      return Optional.empty();
    }
    Instant until = until(byLabels.get(alert));
    return until.isAfter(now)
        ? root(component, new HashSet<>(), heard)
            .map(cause -> new Mute.CausedBy(cause.get(COMPONENT), cause, until))
        : Optional.empty();
  }

  private Instant until(@org.jspecify.annotations.Nullable Firing firing) {
    return firing == null || !firing.page() ? NEVER : firing.since().plus(maxHold);
  }

  /// The page farthest up: of a chain of failures the first is the cause of all.
  private Optional<Labels> root(String component, Set<String> seen, Predicate<Labels> heard) {
    for (String upstream : topology.upstreams(component)) {
      if (seen.add(upstream)) {
        Optional<Labels> cause =
            root(upstream, seen, heard).or(() -> page(upstream).filter(heard).findFirst());
        if (cause.isPresent()) {
          return cause;
        }
      }
    }
    return Optional.empty();
  }

  private java.util.stream.Stream<Labels> page(String component) {
    return byComponent.getOrDefault(component, Map.of()).values().stream()
        .filter(Firing::page)
        .limit(MAX_ASKED)
        .map(Firing::labels);
  }

  /// The alerts that are held back for some that fire, in the order in which they began.
  ///
  /// @param causes that a message is about
  public List<Labels> consequences(Set<Labels> causes, Instant now, Predicate<Labels> heard) {
    Set<String> candidates = new LinkedHashSet<>();
    causes.forEach(cause -> candidates.addAll(below.getOrDefault(cause.get(COMPONENT), Set.of())));
    List<Labels> held = new ArrayList<>();
    for (String component : candidates) {
      if (root(component, new HashSet<>(), heard).filter(causes::contains).isPresent()) {
        byComponent.getOrDefault(component, Map.of()).values().stream()
            .filter(one -> until(one).isAfter(now))
            .map(Firing::labels)
            .filter(heard)
            .forEach(held::add);
      }
    }
    return held;
  }
}
