package hinomi.alertengine.silence;

import hinomi.model.Labels;
import hinomi.model.Matcher;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All silences at one moment. Immutable.
///
/// Those that are not over have ascending numbers in the order in which they came, and lie in
/// drawers by the pair of label and value that one of their matchers asks for; what asks for none
/// lies beside. So an alert is only held to silences that may fit it.
final class Shelf {
  static final Shelf EMPTY = new Shelf(Map.of(), Map.of(), 0);

  private final Map<String, Silence> byId;
  private final Map<String, Long> numbers;
  private final long newest;
  private final Map<Drawer, List<Silence>> drawers = new HashMap<>();
  private final List<Silence> beside = new ArrayList<>();
  private final List<Silence> byNumber = new ArrayList<>();

  private record Drawer(String label, String value) {}

  private Shelf(Map<String, Silence> byId, Map<String, Long> numbers, long newest) {
    this.byId = byId;
    this.numbers = numbers;
    this.newest = newest;
    byId.values().stream().filter(silence -> numbers.containsKey(silence.id())).forEach(this::lay);
    byNumber.sort((a, b) -> Long.compare(number(a), number(b)));
  }

  private void lay(Silence silence) {
    byNumber.add(silence);
    for (Matcher matcher : silence.matchers()) {
      if (matcher.kind() == Matcher.Kind.EQUAL && !matcher.value().isEmpty()) {
        Drawer drawer = new Drawer(matcher.name(), matcher.value());
        drawers.computeIfAbsent(drawer, _ -> new ArrayList<>()).add(silence);
        return;
      }
    }
    beside.add(silence);
  }

  private long number(Silence silence) {
    Long number = numbers.get(silence.id());
    return number == null ? -1 : number;
  }

  /// This shelf with some put and some taken away; what is over at this time gets no place among
  /// those that alerts are held to, for nothing brings it back.
  Shelf with(Collection<Silence> put, Collection<Silence> away, Instant now) {
    Map<String, Silence> silences = new LinkedHashMap<>(byId);
    away.forEach(silence -> silences.remove(silence.id()));
    put.forEach(silence -> silences.put(silence.id(), silence));
    Map<String, Long> live = new HashMap<>();
    long next = newest;
    for (Silence silence : silences.values()) {
      if (silence.state(now) != Silence.State.EXPIRED) {
        Long number = numbers.get(silence.id());
        live.put(silence.id(), number == null ? ++next : number);
      }
    }
    return new Shelf(silences, live, next);
  }

  /// The highest number ever given.
  long newest() {
    return newest;
  }

  Collection<Silence> all() {
    return byId.values();
  }

  Collection<Silence> live() {
    return byNumber;
  }

  Optional<Silence> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /// Ids of those that fit, whether they have begun or not.
  List<String> fitting(Labels labels) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      add(
          drawers.getOrDefault(new Drawer(labels.name(i), labels.value(i)), List.of()),
          labels,
          ids);
    }
    add(beside, labels, ids);
    return ids;
  }

  /// Of those that came after a number.
  List<String> fittingSince(long number, Labels labels) {
    List<String> ids = new ArrayList<>();
    for (int i = byNumber.size() - 1; i >= 0 && number(byNumber.get(i)) > number; i--) {
      add(List.of(byNumber.get(i)), labels, ids);
    }
    return ids;
  }

  private static void add(List<Silence> candidates, Labels labels, List<String> to) {
    for (Silence silence : candidates) {
      if (silence.fits(labels)) {
        to.add(silence.id());
      }
    }
  }
}
