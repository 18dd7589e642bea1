package hinomi.collector;

import hinomi.model.Admission;
import hinomi.model.BadInput;
import hinomi.model.Exemplar;
import hinomi.model.HistogramSample;
import hinomi.model.Labels;
import hinomi.model.Metadata;
import hinomi.model.Sample;
import hinomi.model.Time;
import hinomi.model.WriteBatch;
import hinomi.wire.Refusals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// A sink that keeps everything in lists and judges as a metric store does: labels, times that are
/// too far ahead, another value at a time that is taken.
final class MemoryStore implements SampleSink {
  private static final long AHEAD = 600_000;
  private static final int MAX_LABELS = 64;

  final List<Sample> samples = new CopyOnWriteArrayList<>();
  final List<HistogramSample> histograms = new CopyOnWriteArrayList<>();
  final List<Exemplar> exemplars = new CopyOnWriteArrayList<>();
  final List<Metadata> metadata = new CopyOnWriteArrayList<>();
  private final Map<Labels, Map<Long, Long>> taken = new ConcurrentHashMap<>();
  private final Time time;

  /// Samples of a metric with this name are refused.
  volatile String refusedMetric = "";

  MemoryStore(Time time) {
    this.time = time;
  }

  @Override
  public Admission append(WriteBatch batch) {
    Refusals refusals = new Refusals();
    int before = samples.size() + histograms.size();
    int histogramsBefore = histograms.size();
    int exemplarsBefore = exemplars.size();
    int repeated = 0;
    for (int i = 0; i < batch.seriesCount(); i++) {
      int series = i;
      List<WriteBatch.HistogramPoint> own =
          batch.histograms().stream().filter(h -> h.series() == series).toList();
      int count = batch.firstPoint(i + 1) - batch.firstPoint(i) + own.size();
      Labels labels = judged(batch, i, count, refusals);
      if (labels.isEmpty()) {
        continue;
      }
      for (int p = batch.firstPoint(i); p < batch.firstPoint(i + 1); p++) {
        Sample sample = new Sample(labels, batch.timestamp(p), batch.value(p));
        repeated += take(sample, refusals);
      }
      own.forEach(h -> histograms.add(new HistogramSample(labels, h.timestamp(), h.value())));
      batch.exemplars().stream()
          .filter(e -> e.series() == series)
          .forEach(e -> exemplars.add(e.exemplar()));
    }
    metadata.addAll(batch.metadata());
    int stored = samples.size() + histograms.size() - before;
    return new Admission(
        stored + repeated,
        histograms.size() - histogramsBefore,
        exemplars.size() - exemplarsBefore,
        refusals.toList());
  }

  private Labels judged(WriteBatch batch, int series, int count, Refusals refusals) {
    try {
      Labels labels = batch.labels(series);
      String reason =
          !labels.has(Labels.NAME)
              ? "no_name"
              : labels.size() > MAX_LABELS
                  ? "too_many_labels"
                  : labels.metric().equals(refusedMetric) ? "out_of_order" : "";
      if (reason.isEmpty()) {
        return labels;
      }
      refusals.add(reason, count, "the series " + labels.size());
    } catch (BadInput e) {
      refusals.add("bad_labels", count, e.reason());
    }
    return Labels.EMPTY;
  }

  /// Gives the samples away and forgets that they were there.
  List<Sample> takeSamples() {
    List<Sample> all = new ArrayList<>(samples);
    samples.clear();
    taken.clear();
    return all;
  }

  /// One when the same was there before.
  private int take(Sample sample, Refusals refusals) {
    if (sample.timestamp() > time.now().toEpochMilli() + AHEAD) {
      refusals.add("too_far_in_future", 1, "a sample from the future");
      return 0;
    }
    long bits = Double.doubleToRawLongBits(sample.value());
    Long old =
        taken
            .computeIfAbsent(sample.labels(), _ -> new ConcurrentHashMap<>())
            .putIfAbsent(sample.timestamp(), bits);
    if (old == null) {
      samples.add(sample);
      return 0;
    }
    if (old != bits) {
      refusals.add("duplicate_timestamp", 1, "another value at the same time");
    }
    return old == bits ? 1 : 0;
  }
}
