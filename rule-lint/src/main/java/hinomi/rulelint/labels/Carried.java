package hinomi.rulelint.labels;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/// Which labels the elements of an expression may have, as far as its text says.
///
/// @param open whether any label may be there but `names`; otherwise none may but `names`
/// @param sure those that every element has
public record Carried(boolean open, Set<String> names, Set<String> sure) {
  /// An element without labels.
  public static final Carried NONE = new Carried(false, Set.of(), Set.of());

  /// Anything.
  public static final Carried ANY = new Carried(true, Set.of(), Set.of());

  public Carried {
    names = Set.copyOf(names);
    sure = Set.copyOf(sure);
  }

  public boolean mayHave(String label) {
    return open != names.contains(label);
  }

  Carried only(Collection<String> labels) {
    Set<String> left = new HashSet<>(labels);
    left.removeIf(label -> !mayHave(label));
    Set<String> stillSure = new HashSet<>(sure);
    stillSure.retainAll(labels);
    return new Carried(false, left, stillSure);
  }

  Carried without(Collection<String> labels) {
    Set<String> others = new HashSet<>(names);
    Set<String> stillSure = new HashSet<>(sure);
    stillSure.removeAll(labels);
    if (open) {
      others.addAll(labels);
    } else {
      others.removeAll(labels);
    }
    return new Carried(open, others, stillSure);
  }

  Carried with(Collection<String> labels) {
    Set<String> others = new HashSet<>(names);
    if (open) {
      others.removeAll(labels);
    } else {
      others.addAll(labels);
    }
    return new Carried(open, others, sure);
  }

  Carried surely(Collection<String> labels) {
    Set<String> more = new HashSet<>(sure);
    more.addAll(labels);
    return new Carried(open, with(labels).names(), more);
  }

  /// The elements of both.
  Carried or(Carried other) {
    Set<String> both = new HashSet<>(sure);
    both.retainAll(other.sure);
    Set<String> union = new HashSet<>();
    if (open || other.open) {
      for (Carried each : new Carried[] {this, other}) {
        each.names.stream()
            .filter(label -> each.open && !mayHave(label) && !other.mayHave(label))
            .forEach(union::add);
      }
      return new Carried(true, union, both);
    }
    union.addAll(names);
    union.addAll(other.names);
    return new Carried(false, union, both);
  }
}
