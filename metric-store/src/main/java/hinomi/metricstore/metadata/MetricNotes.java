package hinomi.metricstore.metadata;

import hinomi.model.Metadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/// What senders told about their metrics, by metric: several accounts where senders differ, the
/// newest last, up to a few. Any thread.
public final class MetricNotes {
  private static final int MOST_ACCOUNTS = 8;
  private static final int MOST_CHARACTERS = 4096;

  private final int mostMetrics;
  private final Map<String, List<Metadata>> byMetric = new TreeMap<>();

  /// @param mostMetrics of how many metrics notes are kept; later ones are not
  public MetricNotes(int mostMetrics) {
    this.mostMetrics = mostMetrics;
  }

  /// Whether these are news that can be kept.
  public synchronized boolean isNew(Metadata one) {
    List<Metadata> known = byMetric.get(one.metric());
    if (known != null) {
      return !known.contains(shortened(one));
    }
    return byMetric.size() < mostMetrics && !one.metric().isEmpty();
  }

  /// Adds an account that [#isNew]; any other changes nothing.
  public synchronized void add(Metadata one) {
    if (isNew(one)) {
      List<Metadata> known = byMetric.computeIfAbsent(one.metric(), _ -> new ArrayList<>(1));
      if (known.size() == MOST_ACCOUNTS) {
        known.removeFirst();
      }
      known.add(shortened(one));
    }
  }

  private static Metadata shortened(Metadata one) {
    return one.help().length() <= MOST_CHARACTERS
        ? one
        : new Metadata(
            one.metric(), one.type(), one.help().substring(0, MOST_CHARACTERS), one.unit());
  }

  /// All accounts, by metric, sorted.
  public synchronized Map<String, List<Metadata>> all() {
    Map<String, List<Metadata>> all = new TreeMap<>();
    byMetric.forEach((metric, accounts) -> all.put(metric, List.copyOf(accounts)));
    return all;
  }

  public synchronized void each(Consumer<Metadata> taker) {
    byMetric.values().forEach(accounts -> accounts.forEach(taker));
  }
}
