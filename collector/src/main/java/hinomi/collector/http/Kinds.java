package hinomi.collector.http;

import hinomi.model.WriteBatch;
import hinomi.model.WriteBatch.ExemplarPoint;
import hinomi.model.WriteBatch.HistogramPoint;
import java.util.Iterator;
import java.util.List;

/// Divides a batch into numbers and native histograms where it holds both, which is rare: an
/// admission counts them together, but a sender of remote write 2.0 wants to know of each.
final class Kinds {
  private final WriteBatch all;
  private final WriteBatch numbers;
  private final WriteBatch histograms;

  private Kinds(WriteBatch all) {
    this.all = all;
    this.numbers = new WriteBatch(all.names(), 16, all.points());
    this.histograms = new WriteBatch(all.names(), 16, 0);
  }

  static List<WriteBatch> of(WriteBatch batch) {
    return batch.points() == 0 || batch.histograms().isEmpty()
        ? List.of(batch)
        : new Kinds(batch).divide();
  }

  private List<WriteBatch> divide() {
    Iterator<HistogramPoint> waiting = all.histograms().iterator();
    Iterator<ExemplarPoint> examples = all.exemplars().iterator();
    HistogramPoint histogram = waiting.next();
    ExemplarPoint exemplar = examples.hasNext() ? examples.next() : null;
    for (int i = 0; i < all.seriesCount(); i++) {
      boolean hasNumbers = all.firstPoint(i) < all.firstPoint(i + 1);
      boolean hasHistograms = histogram != null && histogram.series() == i;
      // One of neither kind may have exemplars: its histograms were refused.
      if (hasNumbers || !hasHistograms) {
        addNumbers(i);
      }
      if (hasHistograms) {
        histograms.series(all.from(i), all.to(i));
      }
      while (histogram != null && histogram.series() == i) {
        histograms.histogram(histogram.timestamp(), histogram.value());
        histogram = waiting.hasNext() ? waiting.next() : null;
      }
      while (exemplar != null && exemplar.series() == i) {
        (hasNumbers || !hasHistograms ? numbers : histograms).exemplar(exemplar.exemplar());
        exemplar = examples.hasNext() ? examples.next() : null;
      }
    }
    all.metadata().forEach(numbers::metadata);
    return List.of(numbers, histograms);
  }

  private void addNumbers(int i) {
    numbers.series(all.from(i), all.to(i));
    for (int p = all.firstPoint(i); p < all.firstPoint(i + 1); p++) {
      numbers.point(all.timestamp(p), all.value(p));
    }
  }
}
