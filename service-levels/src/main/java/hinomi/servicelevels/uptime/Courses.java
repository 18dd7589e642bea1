package hinomi.servicelevels.uptime;

import hinomi.servicelevels.component.Component;
import hinomi.servicelevels.component.Components;
import hinomi.servicelevels.ledger.Claim;
import hinomi.servicelevels.ledger.Ledger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The courses of components over one stretch of time, each worked out once. One thread.
public final class Courses {
  private final Components components;
  private final Ledger ledger;
  private final Instant from;
  private final Instant to;
  private final Map<String, Course> known = new HashMap<>();

  public Courses(Components components, Ledger ledger, Instant from, Instant to) {
    this.components = components;
    this.ledger = ledger;
    this.from = from;
    this.to = to;
  }

  /// The course of a component that exists.
  public Course of(String component) {
    Course course = known.get(component);
    if (course == null) {
      course = workedOut(component);
      known.put(component, course);
    }
    return course;
  }

  private Course workedOut(String component) {
    List<Course> sources =
        ledger.claims(component, from, to).stream()
            .map(claims -> Course.of(claims, from, to))
            .toList();
    Course own = Course.ofSources(sources, from, to);
    List<Component> children = components.children(component);
    if (children.isEmpty()) {
      return own;
    }
    return Course.ofParent(own, children.stream().map(child -> of(child.id())).toList(), from, to);
  }

  /// The intervals of a component, oldest first, each with its evidence.
  public List<Interval> intervals(String component) {
    List<Claim> claims = new ArrayList<>();
    collect(component, claims);
    return of(component).stretches().stream()
        .map(stretch ->
            new Interval(
                component,
                stretch.from(),
                stretch.to(),
                stretch.condition(),
                claims.stream()
                    .filter(claim -> claim.condition() == stretch.condition())
                    .filter(claim -> claim.touches(stretch.from(), stretch.to()))
                    .toList()))
        .toList();
  }

  private void collect(String component, List<Claim> claims) {
    ledger.claims(component, from, to).forEach(claims::addAll);
    components.children(component).forEach(child -> collect(child.id(), claims));
  }
}
