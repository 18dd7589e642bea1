package hinomi.alertengine.mute;

import hinomi.model.Labels;
import hinomi.model.Matcher;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// While a source fires, targets that agree with it on some labels are not told (Alertmanager,
/// inhibit/inhibit.go). An alert that is both source and target is not silenced by alerts that are
/// both, so that no alert silences itself and no two silence each other.
///
/// @param name for explanations
/// @param equal labels on which both agree; one that neither has counts as agreement
public record InhibitRule(
    String name, List<Matcher> source, List<Matcher> target, List<String> equal) {
  public InhibitRule {
    source = List.copyOf(source);
    target = List.copyOf(target);
    equal = List.copyOf(equal);
  }

  /// The firing alert that keeps another from being told, if there is one.
  public Optional<Labels> inhibitor(Labels alert, Collection<Labels> firing) {
    if (!Matcher.allMatch(target, alert)) {
      return Optional.empty();
    }
    boolean both = Matcher.allMatch(source, alert);
    return firing.stream()
        .filter(other -> Matcher.allMatch(source, other))
        .filter(other -> !(both && Matcher.allMatch(target, other)))
        .filter(other -> agree(alert, other))
        .findFirst();
  }

  private boolean agree(Labels one, Labels other) {
    return equal.stream().allMatch(label -> one.get(label).equals(other.get(label)));
  }
}
