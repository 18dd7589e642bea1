package hinomi.wire;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import hinomi.model.BadInput;
import hinomi.model.Labels;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// Reads delimited `io.prometheus.client.MetricFamily` messages (prometheus/client_model,
/// metrics.proto). Native histogram fields and exemplars are passed over. One use, one thread.
///
/// ```
/// MetricFamily { string name = 1; MetricType type = 3; repeated Metric metric = 4; }
/// Metric       { repeated LabelPair label = 1; Gauge gauge = 2; Counter counter = 3; Summary summary = 4;
///                Untyped untyped = 5; int64 timestamp_ms = 6; Histogram histogram = 7; }
/// Gauge, Counter, Untyped { double value = 1; }
/// Summary      { uint64 count = 1; double sum = 2; repeated { double quantile = 1; double value = 2; } = 3; }
/// Histogram    { uint64 count = 1; double sum = 2; double count_float = 4;
///                repeated { uint64 count = 1; double upper_bound = 2; double count_float = 4; } bucket = 3; }
/// ```
final class ExpositionProtobuf {
  private static final Exposition.Type[] TYPES = {
    Exposition.Type.COUNTER,
    Exposition.Type.GAUGE,
    Exposition.Type.SUMMARY,
    Exposition.Type.UNTYPED,
    Exposition.Type.HISTOGRAM,
    Exposition.Type.HISTOGRAM
  };

  private final CodedInputStream in;

  ExpositionProtobuf(byte[] body) {
    this.in = CodedInputStream.newInstance(body);
  }

  /// What one field does; skips it when it is not known.
  private interface Field {
    void read(int tag) throws IOException;
  }

  /// A count with a sum and with parts: a summary or a histogram.
  private static final class Distribution {
    double count;
    double sum;

    /// Quantile or upper bound, and value or cumulative count, in turn.
    final List<Double> parts = new ArrayList<>();
  }

  List<Exposition.Family> read() {
    List<Exposition.Family> families = new ArrayList<>();
    try {
      while (!in.isAtEnd()) {
        Exposition.Family family = family();
        if (!family.points().isEmpty()) {
          families.add(family);
        }
      }
    } catch (IOException e) {
      throw new BadInput("not delimited MetricFamily: " + e.getMessage(), in.getTotalBytesRead());
    }
    return families;
  }

  private void message(Field field) throws IOException {
    int outer = in.pushLimit(in.readRawVarint32());
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      field.read(tag);
    }
    in.popLimit(outer);
  }

  private void skip(int tag) throws IOException {
    if (!in.skipField(tag)) {
      throw new BadInput("not delimited MetricFamily: a group ends", in.getTotalBytesRead());
    }
  }

  private static int bytes(int field) {
    return (field << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  }

  private static int varint(int field) {
    return (field << 3) | WireFormat.WIRETYPE_VARINT;
  }

  private static int fixed64(int field) {
    return (field << 3) | WireFormat.WIRETYPE_FIXED64;
  }

  private Exposition.Family family() throws IOException {
    String[] name = {""};
    int[] type = {0};
    List<Metric> metrics = new ArrayList<>();
    message(tag -> {
      if (tag == bytes(1)) {
        name[0] = in.readStringRequireUtf8();
      } else if (tag == varint(3)) {
        type[0] = in.readEnum();
      } else if (tag == bytes(4)) {
        metrics.add(metric());
      } else {
        skip(tag);
      }
    });
    if (name[0].isEmpty() || type[0] < 0 || type[0] >= TYPES.length) {
      throw new BadInput("a MetricFamily has no name or no known type", in.getTotalBytesRead());
    }
    List<Exposition.Point> points = new ArrayList<>();
    metrics.forEach(metric -> metric.addTo(points, name[0], TYPES[type[0]]));
    return new Exposition.Family(name[0], TYPES[type[0]], points);
  }

  /// A metric before the name and the type of its family are known.
  private static final class Metric {
    final Labels.Builder labels = Labels.builder();
    final Distribution distribution = new Distribution();
    OptionalLong timestamp = OptionalLong.empty();
    double value;

    void addTo(List<Exposition.Point> points, String name, Exposition.Type type) {
      Labels own = labels.build();
      switch (type) {
        case COUNTER, GAUGE, UNTYPED -> add(points, own, name, value);
        case SUMMARY -> {
          parts(points, own, name, "quantile");
          totals(points, own, name);
        }
        case HISTOGRAM -> {
          List<Double> parts = distribution.parts;
          if (parts.isEmpty() || parts.get(parts.size() - 2) != Double.POSITIVE_INFINITY) {
            parts.add(Double.POSITIVE_INFINITY);
            parts.add(distribution.count);
          }
          parts(points, own, name + "_bucket", "le");
          totals(points, own, name);
        }
      }
    }

    private void parts(List<Exposition.Point> points, Labels own, String name, String label) {
      List<Double> parts = distribution.parts;
      for (int i = 0; i < parts.size(); i += 2) {
        add(points, own.with(label, OtlpValues.number(parts.get(i))), name, parts.get(i + 1));
      }
    }

    private void totals(List<Exposition.Point> points, Labels own, String name) {
      add(points, own, name + "_count", distribution.count);
      add(points, own, name + "_sum", distribution.sum);
    }

    private void add(List<Exposition.Point> points, Labels own, String name, double value) {
      points.add(new Exposition.Point(own.with(Labels.NAME, name), value, timestamp));
    }
  }

  private Metric metric() throws IOException {
    Metric metric = new Metric();
    message(tag -> {
      if (tag == bytes(1)) {
        label(metric.labels);
      } else if (tag == bytes(2) || tag == bytes(3) || tag == bytes(5)) {
        message(inner -> {
          if (inner == fixed64(1)) {
            metric.value = in.readDouble();
          } else {
            skip(inner);
          }
        });
      } else if (tag == varint(6)) {
        metric.timestamp = OptionalLong.of(in.readInt64());
      } else if (tag == bytes(4) || tag == bytes(7)) {
        distribution(metric.distribution, tag == bytes(7));
      } else {
        skip(tag);
      }
    });
    return metric;
  }

  private void label(Labels.Builder labels) throws IOException {
    String[] pair = {"", ""};
    message(tag -> {
      if (tag == bytes(1) || tag == bytes(2)) {
        pair[tag == bytes(1) ? 0 : 1] = in.readStringRequireUtf8();
      } else {
        skip(tag);
      }
    });
    if (pair[0].equals(Labels.NAME)) {
      throw new BadInput("label name \"__name__\" is reserved", in.getTotalBytesRead());
    }
    labels.add(pair[0], pair[1]);
  }

  private void distribution(Distribution into, boolean histogram) throws IOException {
    message(tag -> {
      if (tag == varint(1)) {
        into.count = in.readUInt64();
      } else if (tag == fixed64(2)) {
        into.sum = in.readDouble();
      } else if (tag == fixed64(4) && histogram) {
        into.count = in.readDouble();
      } else if (tag == bytes(3)) {
        part(into, histogram);
      } else {
        skip(tag);
      }
    });
  }

  private void part(Distribution into, boolean histogram) throws IOException {
    double[] part = new double[2];
    message(tag -> {
      if (histogram && tag == varint(1)) {
        part[1] = in.readUInt64();
      } else if (histogram && tag == fixed64(4)) {
        part[1] = in.readDouble();
      } else if (tag == fixed64(1) || tag == fixed64(2)) {
        double number = in.readDouble();
        part[histogram || tag == fixed64(1) ? 0 : 1] = number;
      } else {
        skip(tag);
      }
    });
    into.parts.add(part[0]);
    into.parts.add(part[1]);
  }
}
