package hinomi.console;

import hinomi.model.Labels;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/// An alert that fires, or is about to.
///
/// @param since when it fires; of a pending one, since when its condition holds
/// @param firesAt when a pending one fires unless it is over by then
/// @param value of its expression; empty when others evaluate it
/// @param expression of its rule, in PromQL; empty when others evaluate it
/// @param source address where its sender explains it; empty for alerts of our own rules
/// @param unproven it would be over if there were data to say so
/// @param changes how often it came and went, while it flaps
/// @param groups ids of the open page groups that it belongs to
public record LiveAlert(
    Labels labels,
    Map<String, String> annotations,
    State state,
    Instant since,
    Optional<Instant> firesAt,
    OptionalDouble value,
    String expression,
    String source,
    boolean unproven,
    int changes,
    List<String> groups) {
  /// What it does, the most urgent first.
  public enum State {
    FIRING,
    /// It comes and goes, and counts as firing.
    FLAPPING,
    /// It fires since its data are gone.
    NO_DATA,
    /// It fires since its rule cannot be evaluated.
    ERROR,
    PENDING
  }

  public LiveAlert {
    annotations = Collections.unmodifiableMap(new TreeMap<>(annotations));
    groups = List.copyOf(groups);
  }

  /// Whether it is of those that wake people.
  public boolean isPage() {
    return isPage(labels.get("severity"));
  }

  /// Whether a severity wakes people: ours is called `page`, that of others `critical`.
  public static boolean isPage(String severity) {
    return severity.equals("page") || severity.equals("critical");
  }

  /// Whether a name or a value of its labels contains a text, whatever its case.
  boolean mentions(String text) {
    String wanted = text.toLowerCase(Locale.ROOT);
    return labels.toMap().entrySet().stream()
        .anyMatch(label ->
            (label.getKey() + "=" + label.getValue()).toLowerCase(Locale.ROOT).contains(wanted));
  }
}
