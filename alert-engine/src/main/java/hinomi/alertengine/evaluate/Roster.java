package hinomi.alertengine.evaluate;

import hinomi.model.Labels;
import hinomi.model.Sample;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The series that a rule has seen and expects to see again, with their last samples; at most
/// [#MOST], for each may become an alert: later ones are not expected. One thread.
final class Roster {
  static final int MOST = 10_000;

  private final Map<Labels, Sample> last = new LinkedHashMap<>();

  void saw(Collection<Sample> samples) {
    for (Sample sample : samples) {
      if (last.size() < MOST || last.containsKey(sample.labels())) {
        last.put(sample.labels(), sample);
      }
    }
  }

  List<Sample> missing(Collection<Sample> present) {
    Set<Labels> here = new HashSet<>();
    present.forEach(sample -> here.add(sample.labels()));
    List<Sample> missing = new ArrayList<>();
    last.forEach((labels, sample) -> {
      if (!here.contains(labels)) {
        missing.add(sample);
      }
    });
    return missing;
  }

  void forget(Labels labels) {
    last.remove(labels);
  }

  /// The labels on which all series agree.
  Labels common() {
    Labels.Builder common = Labels.builder();
    if (!last.isEmpty()) {
      Labels first = last.keySet().iterator().next();
      first
          .toMap()
          .forEach((name, value) -> {
            if (last.keySet().stream().allMatch(labels -> labels.get(name).equals(value))) {
              common.set(name, value);
            }
          });
    }
    return common.build();
  }
}
