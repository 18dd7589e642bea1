package hinomi.wire;

import com.google.protobuf.ByteString;
import hinomi.model.Labels;
import hinomi.model.WriteBatch;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import java.util.HexFormat;
import java.util.List;

/// OTLP's exemplars: trace and span in hex, and the attributes that a view had left out, unless
/// they are longer than an exemplar's labels may be (OpenMetrics 1.0, "Exemplars").
final class OtlpExemplars {
  private static final int MAX_CHARACTERS = 128;

  private OtlpExemplars() {}

  /// Adds those whose values lie above the first and up to the second number to the series begun
  /// last.
  static void add(List<Exemplar> exemplars, double above, double upTo, WriteBatch batch) {
    for (Exemplar exemplar : exemplars) {
      double value = value(exemplar);
      if (value > above && value <= upTo) {
        batch.exemplar(
            new hinomi.model.Exemplar(
                labels(exemplar), value, OtlpPoint.millis(exemplar.getTimeUnixNano())));
      }
    }
  }

  private static double value(Exemplar exemplar) {
    return switch (exemplar.getValueCase()) {
      case AS_DOUBLE -> exemplar.getAsDouble();
      case AS_INT -> exemplar.getAsInt();
      case VALUE_NOT_SET -> 0;
    };
  }

  private static Labels labels(Exemplar exemplar) {
    Labels.Builder ids = Labels.builder();
    id(ids, "trace_id", exemplar.getTraceId());
    id(ids, "span_id", exemplar.getSpanId());
    Labels traced = ids.build();
    Labels.Builder all = Labels.builder();
    OtlpNames.labels(OtlpResource.attributes(exemplar.getFilteredAttributesList()))
        .forEach(all::set);
    Labels whole = all.setAll(traced).build();
    return characters(whole) <= MAX_CHARACTERS ? whole : traced;
  }

  private static void id(Labels.Builder labels, String name, ByteString id) {
    if (!id.isEmpty() && id.size() <= 16) {
      labels.set(name, HexFormat.of().formatHex(id.toByteArray()));
    }
  }

  private static int characters(Labels labels) {
    int characters = 0;
    for (int i = 0; i < labels.size(); i++) {
      String text = labels.name(i) + labels.value(i);
      characters += text.codePointCount(0, text.length());
    }
    return characters;
  }
}
