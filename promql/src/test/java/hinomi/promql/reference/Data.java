package hinomi.promql.reference;

import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.model.Sample;
import hinomi.promql.memory.MemorySeries;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;

/// Random series: counters and gauges with gaps, resets and staleness markers. Values are multiples
/// of 1/64, so that sums of them are exact whatever the order, and no two series ever have the same
/// one, so that every ranking is without ties.
final class Data {
  private static final long END = 4_000_000;

  private final Map<Labels, NavigableMap<Long, Double>> series = new TreeMap<>();

  Data(Random random) {
    int number = 0;
    for (String name : new String[] {"m_total", "n_total", "g", "h"}) {
      for (String a : new String[] {"x", "y"}) {
        for (String b : new String[] {"1", "2", "3"}) {
          if (random.nextInt(5) > 0) {
            Labels labels =
                Labels.of(Labels.NAME, name, "a", a, "b", random.nextInt(9) > 0 ? b : "");
            series.put(labels, samples(random, name.endsWith("_total"), number++));
          }
        }
      }
    }
  }

  private static NavigableMap<Long, Double> samples(Random random, boolean counter, int number) {
    NavigableMap<Long, Double> samples = new TreeMap<>();
    double value = random.nextInt(100);
    boolean jitter = random.nextBoolean();
    boolean markers = random.nextInt(3) == 0;
    long time = random.nextInt(600_000);
    while (time < END) {
      value = counter ? value + random.nextInt(20) : random.nextInt(200) - 100;
      value = random.nextInt(30) == 0 ? 0 : value;
      samples.put(time, markers && random.nextInt(20) == 0 ? Sample.STALE : value + number / 64.0);
      time += 15_000 + (jitter ? random.nextInt(900) : 0);
      time += random.nextInt(40) == 0 ? random.nextInt(700_000) : 0;
    }
    return samples;
  }

  void into(MemorySeries source) {
    series.forEach(
        (labels, samples) -> samples.forEach((time, value) -> source.add(labels, time, value)));
  }

  /// Samples after `from` up to `to`, by series; markers included.
  Map<Labels, NavigableMap<Long, Double>> between(Iterable<Matcher> matchers, long from, long to) {
    Map<Labels, NavigableMap<Long, Double>> found = new TreeMap<>();
    series.forEach((labels, samples) -> {
      boolean fits = true;
      for (Matcher matcher : matchers) {
        fits &= matcher.matches(labels.get(matcher.name()));
      }
      if (fits) {
        found.put(labels, new TreeMap<>(samples.subMap(from, false, to, true)));
      }
    });
    return found;
  }
}
