package hinomi.model;

import java.util.ArrayList;
import java.util.List;

/// Elements at one time, each of another series: what an expression comes to, or what rules store.
/// Immutable.
///
/// @param samples those that are numbers
/// @param histograms those that are native histograms
public record Vector(List<Sample> samples, List<HistogramSample> histograms) {
  public static final Vector EMPTY = new Vector(List.of(), List.of());

  public Vector {
    samples = List.copyOf(samples);
    histograms = List.copyOf(histograms);
  }

  /// One of numbers alone.
  public static Vector of(List<Sample> samples) {
    return new Vector(samples, List.of());
  }

  public int size() {
    return samples.size() + histograms.size();
  }

  public boolean isEmpty() {
    return samples.isEmpty() && histograms.isEmpty();
  }

  /// All elements, for who asks which there are: of a histogram the number 0, as Prometheus has it.
  public List<Sample> numbers() {
    if (histograms.isEmpty()) {
      return samples;
    }
    List<Sample> all = new ArrayList<>(samples);
    histograms.forEach(each -> all.add(new Sample(each.labels(), each.timestamp(), 0)));
    return all;
  }
}
