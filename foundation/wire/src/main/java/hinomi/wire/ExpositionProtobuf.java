package hinomi.wire;

import hinomi.model.BadInput;
import hinomi.model.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// Reads delimited `io.prometheus.client.MetricFamily` messages (prometheus/client_model,
/// metrics.proto). A native histogram that has classic buckets too becomes both. One use, one
/// thread.
///
/// ```
/// MetricFamily { string name = 1; string help = 2; MetricType type = 3; repeated Metric metric = 4; string unit = 5; }
/// Metric       { repeated LabelPair label = 1; Gauge gauge = 2; Counter counter = 3; Summary summary = 4;
///                Untyped untyped = 5; int64 timestamp_ms = 6; Histogram histogram = 7; }
/// Gauge, Untyped { double value = 1; }         Counter { double value = 1; Exemplar exemplar = 2; }
/// ```
final class ExpositionProtobuf {
  private static final Exposition.Type[] TYPES = {
    Exposition.Type.COUNTER,
    Exposition.Type.GAUGE,
    Exposition.Type.SUMMARY,
    Exposition.Type.UNTYPED,
    Exposition.Type.HISTOGRAM,
    Exposition.Type.GAUGEHISTOGRAM
  };

  private final Fields in;
  private final int length;

  ExpositionProtobuf(byte[] body) {
    this.in = new Fields(body, "delimited MetricFamily");
    this.length = body.length;
  }

  List<Exposition.Family> read() {
    List<Exposition.Family> families = new ArrayList<>();
    while (in.at < length) {
      Exposition.Family family = family(in.end(length));
      if (!family.isEmpty()) {
        families.add(family);
      }
    }
    return families;
  }

  private Exposition.Family family(int end) {
    String name = "";
    String help = "";
    String unit = "";
    int type = 0;
    List<Metric> metrics = new ArrayList<>();
    while (in.at < end) {
      int tag = in.tag(end);
      switch (tag) {
        case (1 << 3) | 2 -> name = in.strictText(end);
        case (2 << 3) | 2 -> help = in.text(end);
        case 3 << 3 -> type = (int) in.varint(end);
        case (4 << 3) | 2 -> metrics.add(metric(in.end(end)));
        case (5 << 3) | 2 -> unit = in.text(end);
        default -> in.skip(tag, end);
      }
    }
    if (name.isEmpty() || type < 0 || type >= TYPES.length) {
      throw new BadInput("a MetricFamily has no name or no known type", in.at);
    }
    List<Exposition.Point> points = new ArrayList<>();
    List<Exposition.NativePoint> histograms = new ArrayList<>();
    for (Metric metric : metrics) {
      metric.addTo(points, name, TYPES[type]);
      metric.addNativeTo(histograms, name, TYPES[type]);
    }
    return new Exposition.Family(name, TYPES[type], help, unit, points, histograms);
  }

  /// A metric before the name and the type of its family are known.
  private static final class Metric {
    final Labels.Builder labels = Labels.builder();
    final ExpositionDistribution distribution = new ExpositionDistribution();
    final List<Exposition.Example> examples = new ArrayList<>(0);
    OptionalLong timestamp = OptionalLong.empty();
    double value;

    void addTo(List<Exposition.Point> points, String name, Exposition.Type type) {
      Labels own = labels.build();
      switch (type) {
        case COUNTER, GAUGE, UNTYPED, INFO, STATESET -> add(points, own, name, value, examples);
        case SUMMARY -> {
          parts(points, own, name, "quantile");
          totals(points, own, name);
        }
        case HISTOGRAM, GAUGEHISTOGRAM -> {
          if (!distribution.isNative() || !distribution.parts.isEmpty()) {
            distribution.close();
            parts(points, own, name + "_bucket", "le");
            totals(points, own, name);
          }
        }
      }
    }

    void addNativeTo(List<Exposition.NativePoint> histograms, String name, Exposition.Type type) {
      boolean histogram =
          type == Exposition.Type.HISTOGRAM || type == Exposition.Type.GAUGEHISTOGRAM;
      if (histogram && distribution.isNative()) {
        histograms.add(
            new Exposition.NativePoint(
                labels.build().with(Labels.NAME, name),
                distribution.histogram(type),
                timestamp,
                distribution.examples));
      }
    }

    private void parts(List<Exposition.Point> points, Labels own, String name, String label) {
      for (ExpositionDistribution.Part part : distribution.parts) {
        Labels labels = own.with(label, OtlpValues.number(part.bound()));
        add(points, labels, name, part.value(), part.examples());
      }
    }

    private void totals(List<Exposition.Point> points, Labels own, String name) {
      add(points, own, name + "_count", distribution.count, List.of());
      add(points, own, name + "_sum", distribution.sum, List.of());
    }

    private void add(
        List<Exposition.Point> points,
        Labels own,
        String name,
        double value,
        List<Exposition.Example> examples) {
      points.add(new Exposition.Point(own.with(Labels.NAME, name), value, timestamp, examples));
    }
  }

  private Metric metric(int end) {
    Metric metric = new Metric();
    while (in.at < end) {
      int tag = in.tag(end);
      switch (tag) {
        case (1 << 3) | 2 -> label(in, in.end(end), metric.labels);
        case (2 << 3) | 2, (3 << 3) | 2, (5 << 3) | 2 -> value(in.end(end), metric);
        case (4 << 3) | 2 -> metric.distribution.summary(in, in.end(end));
        case 6 << 3 -> metric.timestamp = OptionalLong.of(in.varint(end));
        case (7 << 3) | 2 -> metric.distribution.histogram(in, in.end(end));
        default -> in.skip(tag, end);
      }
    }
    return metric;
  }

  private void value(int end, Metric metric) {
    while (in.at < end) {
      int tag = in.tag(end);
      switch (tag) {
        case (1 << 3) | 1 -> metric.value = in.real(end);
        case (2 << 3) | 2 -> metric.examples.add(example(in, in.end(end)));
        default -> in.skip(tag, end);
      }
    }
  }

  private static void label(Fields in, int end, Labels.Builder labels) {
    String name = "";
    String value = "";
    while (in.at < end) {
      int tag = in.tag(end);
      switch (tag) {
        case (1 << 3) | 2 -> name = in.strictText(end);
        case (2 << 3) | 2 -> value = in.strictText(end);
        default -> in.skip(tag, end);
      }
    }
    if (name.equals(Labels.NAME)) {
      throw new BadInput("label name \"__name__\" is reserved", in.at);
    }
    labels.add(name, value);
  }

  /// ```
  /// Exemplar { repeated LabelPair label = 1; double value = 2; Timestamp timestamp = 3; }
  /// Timestamp { int64 seconds = 1; int32 nanos = 2; }
  /// ```
  static Exposition.Example example(Fields in, int end) {
    Labels.Builder labels = Labels.builder();
    double value = 0;
    OptionalLong timestamp = OptionalLong.empty();
    while (in.at < end) {
      int tag = in.tag(end);
      switch (tag) {
        case (1 << 3) | 2 -> label(in, in.end(end), labels);
        case (2 << 3) | 1 -> value = in.real(end);
        case (3 << 3) | 2 -> timestamp = OptionalLong.of(millis(in, in.end(end)));
        default -> in.skip(tag, end);
      }
    }
    return new Exposition.Example(labels.build(), value, timestamp);
  }

  private static long millis(Fields in, int end) {
    long seconds = 0;
    long nanos = 0;
    while (in.at < end) {
      int tag = in.tag(end);
      switch (tag) {
        case 1 << 3 -> seconds = in.varint(end);
        case 2 << 3 -> nanos = in.varint(end);
        default -> in.skip(tag, end);
      }
    }
    return seconds * 1000 + nanos / 1_000_000;
  }
}
