package hinomi.metricstore.metadata;

import hinomi.metricstore.disk.ByteSink;
import hinomi.metricstore.disk.ByteSource;
import hinomi.model.Metadata;
import java.util.function.Consumer;

/// Metadata as log and snapshot hold them. Drawn in `docs/formats/metric-store.md`.
public final class MetadataBytes {
  private MetadataBytes() {}

  public static void put(ByteSink sink, Metadata one) {
    sink.putText(one.metric());
    sink.putText(one.type());
    sink.putText(one.help());
    sink.putText(one.unit());
  }

  /// Reads all that are there.
  public static void takeAll(ByteSource source, Consumer<Metadata> taker) {
    while (source.hasMore()) {
      taker.accept(
          new Metadata(source.takeText(), source.takeText(), source.takeText(), source.takeText()));
    }
  }
}
