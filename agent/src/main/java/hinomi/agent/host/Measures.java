package hinomi.agent.host;

import hinomi.model.Labels;
import hinomi.model.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Collects what one round of reading finds, all at one instant. One thread.
final class Measures {
  private final Labels origin;
  private final Instant at;
  private final List<Sample> samples = new ArrayList<>();

  /// @param origin labels of every series: job and instance
  Measures(Labels origin, Instant at) {
    this.origin = origin;
    this.at = at;
  }

  Instant at() {
    return at;
  }

  /// Adds one value.
  ///
  /// @param labels names and values in turn
  void add(String metric, double value, String... labels) {
    Labels.Builder series = Labels.builder().setAll(origin).set(Labels.NAME, metric);
    for (int i = 0; i < labels.length; i += 2) {
      series.set(labels[i], labels[i + 1]);
    }
    samples.add(new Sample(series.build(), at.toEpochMilli(), value));
  }

  /// Adds a count; beyond 2^53 a double is no longer exact, as everywhere in this data model.
  void add(String metric, long value, String... labels) {
    add(metric, (double) value, labels);
  }

  List<Sample> samples() {
    return List.copyOf(samples);
  }

  /// How much there is, for taking back what a failed reading had begun to tell.
  int size() {
    return samples.size();
  }

  void shrink(int size) {
    samples.subList(size, samples.size()).clear();
  }
}
