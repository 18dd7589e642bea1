package hinomi.alertengine.silence;

import hinomi.model.Labels;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Remembers which silences fit an alert. That never changes for an id, so that an alert is held to
/// each silence once, however often times change or the alert is judged. Any thread.
final class SilenceMatches {
  /// More alerts than ever fire at once; beyond, what is known is found anew.
  private static final int LIMIT = 100_000;

  private final ConcurrentMap<Labels, Known> known = new ConcurrentHashMap<>();

  /// @param upTo number of the last silence that was looked at
  private record Known(long upTo, List<String> ids) {}

  /// Those that stand over an alert at a time, the one that ends last first.
  List<Silence> over(Labels labels, Shelf shelf, Instant at) {
    List<Silence> standing = new ArrayList<>();
    for (String id : ids(labels, shelf)) {
      shelf
          .find(id)
          .filter(silence -> silence.state(at) == Silence.State.ACTIVE)
          .ifPresent(standing::add);
    }
    if (standing.size() > 1) {
      standing.sort(Comparator.comparing(Silence::endsAt).reversed().thenComparing(Silence::id));
    }
    return standing;
  }

  private List<String> ids(Labels labels, Shelf shelf) {
    Known before = known.get(labels);
    if (before != null && before.upTo() >= shelf.newest()) {
      return before.ids();
    }
    List<String> ids;
    if (before == null) {
      ids = shelf.fitting(labels);
    } else {
      ids = new ArrayList<>(before.ids());
      ids.removeIf(id -> shelf.find(id).isEmpty());
      ids.addAll(shelf.fittingSince(before.upTo(), labels));
    }
    if (known.size() >= LIMIT) {
      known.clear();
    }
    known.put(labels, new Known(shelf.newest(), List.copyOf(ids)));
    return ids;
  }
}
