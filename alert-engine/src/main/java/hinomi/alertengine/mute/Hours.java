package hinomi.alertengine.mute;

import static hinomi.alertengine.state.Alert.NEVER;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The times of day in which routes tell somebody.
///
/// @param intervals by name; a time lies in it when it lies in one of its parts
public record Hours(Map<String, List<TimeInterval>> intervals) {
  public Hours {
    intervals = Map.copyOf(intervals);
  }

  /// What keeps a route silent at a time (Alertmanager, notify: TimeActiveStage, TimeMuteStage).
  ///
  /// @param mute names of intervals in which nobody is told
  /// @param active names of the only intervals in which somebody is; none: always
  public Optional<Mute> judge(List<String> mute, List<String> active, Instant at) {
    for (String name : mute) {
      if (contains(name, at)) {
        return Optional.of(new Mute.MuteTime(name, change(List.of(name), at)));
      }
    }
    if (active.isEmpty() || active.stream().anyMatch(name -> contains(name, at))) {
      return Optional.empty();
    }
    return Optional.of(new Mute.InactiveTime(String.join(", ", active), change(active, at)));
  }

  private Stream<TimeInterval> parts(String name) {
    return intervals.getOrDefault(name, List.of()).stream();
  }

  private boolean contains(String name, Instant at) {
    return parts(name).anyMatch(part -> part.contains(at));
  }

  /// When it is to be judged again: when the first of the parts begins or ends.
  private Instant change(Collection<String> names, Instant at) {
    return names.stream()
        .flatMap(this::parts)
        .map(part -> part.nextChange(at))
        .min(Instant::compareTo)
        .orElse(NEVER);
  }
}
