package hinomi.metricstore.exemplar;

import hinomi.metricstore.disk.ByteSink;
import hinomi.metricstore.disk.ByteSource;
import hinomi.model.Exemplar;
import hinomi.model.LabelBytes;
import hinomi.model.Labels;
import java.util.function.BiConsumer;

/// An exemplar as log and snapshot hold it, with the labels of its series, for it may outlive the
/// number of that. Drawn in `docs/formats/metric-store.md`.
public final class ExemplarBytes {
  private ExemplarBytes() {}

  public static void put(ByteSink sink, Labels series, Exemplar exemplar) {
    putLabels(sink, series);
    putLabels(sink, exemplar.labels());
    sink.putLong(exemplar.timestamp());
    sink.putLong(Double.doubleToRawLongBits(exemplar.value()));
  }

  private static void putLabels(ByteSink sink, Labels labels) {
    byte[] bytes = LabelBytes.encode(labels);
    sink.putVarint(bytes.length);
    sink.put(bytes, bytes.length);
  }

  /// Reads all that are there.
  public static void takeAll(ByteSource source, BiConsumer<Labels, Exemplar> taker) {
    while (source.hasMore()) {
      Labels series = takeLabels(source);
      Labels labels = takeLabels(source);
      long timestamp = source.takeLong();
      double value = Double.longBitsToDouble(source.takeLong());
      taker.accept(series, new Exemplar(labels, value, timestamp));
    }
  }

  private static Labels takeLabels(ByteSource source) {
    byte[] bytes = source.take(source.takeCount());
    return LabelBytes.decode(bytes, 0, bytes.length);
  }
}
