package hinomi.alertengine.backtest;

import hinomi.model.AlertEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Notes from when to when alerts fire. One thread.
final class Fires {
  private final Map<String, AlertEvent> open = new LinkedHashMap<>(); // by fingerprint
  private final List<Course.Fire> over = new ArrayList<>();

  void note(AlertEvent event) {
    switch (event.state()) {
      case FIRING -> {
        AlertEvent _ = open.putIfAbsent(event.fingerprint(), event);
      }
      case RESOLVED -> {
        AlertEvent began = open.remove(event.fingerprint());
        if (began != null) {
          over.add(fire(began, event.at()));
        }
      }
    }
  }

  private static Course.Fire fire(AlertEvent began, Instant to) {
    return new Course.Fire(began.alertname(), began.labels(), began.at(), to);
  }

  /// Those that had not ended before a time.
  List<Course.Fire> since(Instant from, Instant end) {
    List<Course.Fire> all = new ArrayList<>(over);
    open.values().forEach(began -> all.add(fire(began, end)));
    all.removeIf(fire -> fire.to().isBefore(from));
    all.sort(Comparator.comparing(Course.Fire::from).thenComparing(Course.Fire::labels));
    return all;
  }
}
