package hinomi.wire;

import hinomi.model.BadInput;
import hinomi.model.Histogram;
import java.util.ArrayList;
import java.util.List;

/// A count with a sum and with parts, of the protobuf exposition: a summary, a classic histogram, a
/// native histogram, or the last two in one. One use, one thread.
///
/// ```
/// Summary   { uint64 count = 1; double sum = 2; repeated { double quantile = 1; double value = 2; } = 3; }
/// Histogram { uint64 count = 1; double sum = 2; double count_float = 4;
///             repeated { uint64 count = 1; double upper_bound = 2; Exemplar exemplar = 3; double count_float = 4; } bucket = 3;
///             sint32 schema = 5; double zero_threshold = 6; uint64 zero_count = 7; double zero_count_float = 8;
///             repeated BucketSpan negative_span = 9; repeated sint64 negative_delta = 10; repeated double negative_count = 11;
///             repeated BucketSpan positive_span = 12; repeated sint64 positive_delta = 13; repeated double positive_count = 14;
///             repeated Exemplar exemplars = 16; }
/// ```
final class ExpositionDistribution {
  /// A quantile with its value, or a bound with what was counted up to it.
  record Part(double bound, double value, List<Exposition.Example> examples) {}

  final List<Part> parts = new ArrayList<>();
  final List<Exposition.Example> examples = new ArrayList<>(0);
  double count;
  double sum;
  private final RawHistogram raw = new RawHistogram();
  private boolean floats;

  void summary(Fields in, int end) {
    while (in.at < end) {
      int tag = in.tag(end);
      switch (tag) {
        case 1 << 3 -> count = RawHistogram.unsigned(in.varint(end));
        case (2 << 3) | 1 -> sum = in.real(end);
        case (3 << 3) | 2 -> quantile(in, in.end(end));
        default -> in.skip(tag, end);
      }
    }
  }

  private void quantile(Fields in, int end) {
    double quantile = 0;
    double value = 0;
    while (in.at < end) {
      int tag = in.tag(end);
      switch (tag) {
        case (1 << 3) | 1 -> quantile = in.real(end);
        case (2 << 3) | 1 -> value = in.real(end);
        default -> in.skip(tag, end);
      }
    }
    parts.add(new Part(quantile, value, List.of()));
  }

  void histogram(Fields in, int end) {
    while (in.at < end) {
      int tag = in.tag(end);
      switch (tag >>> 3) {
        case 1 -> {
          raw.countInt = raw.integer(in, tag, end);
          count = RawHistogram.unsigned(raw.countInt);
        }
        case 2 -> sum = raw.real(in, tag, end);
        case 3 -> {
          if ((tag & 7) == 2) {
            bucket(in, in.end(end));
          } else {
            in.skip(tag, end);
          }
        }
        case 4 -> {
          count = raw.real(in, tag, end);
          floats = true;
        }
        case 5 -> raw.schema = RawHistogram.zigzag(raw.integer(in, tag, end));
        case 6 -> raw.zeroThreshold = raw.real(in, tag, end);
        case 7 -> raw.zeroCountInt = raw.integer(in, tag, end);
        case 8 -> raw.zeroCountFloat = raw.real(in, tag, end);
        case 9, 10, 11 -> raw.side(raw.negative, in, tag, 9, end);
        case 12, 13, 14 -> raw.side(raw.positive, in, tag, 12, end);
        case 16 -> {
          if ((tag & 7) == 2) {
            examples.add(ExpositionProtobuf.example(in, in.end(end)));
          } else {
            in.skip(tag, end);
          }
        }
        default -> in.skip(tag, end);
      }
    }
  }

  private void bucket(Fields in, int end) {
    double bound = 0;
    double value = 0;
    List<Exposition.Example> own = new ArrayList<>(0);
    while (in.at < end) {
      int tag = in.tag(end);
      switch (tag) {
        case 1 << 3 -> value = RawHistogram.unsigned(in.varint(end));
        case (2 << 3) | 1 -> bound = in.real(end);
        case (3 << 3) | 2 -> own.add(ExpositionProtobuf.example(in, in.end(end)));
        case (4 << 3) | 1 -> value = in.real(end);
        default -> in.skip(tag, end);
      }
    }
    parts.add(new Part(bound, value, own));
  }

  /// The last bucket may be left out: it holds everything.
  void close() {
    if (parts.isEmpty() || parts.getLast().bound() != Double.POSITIVE_INFINITY) {
      parts.add(new Part(Double.POSITIVE_INFINITY, count, List.of()));
    }
  }

  /// Whether it has anything that only native histograms have, as Prometheus tells them apart.
  boolean isNative() {
    return raw.zeroThreshold > 0
        || raw.zeroCountInt != 0
        || raw.zeroCountFloat > 0
        || !raw.positive.isEmpty()
        || !raw.negative.isEmpty();
  }

  /// A histogram that makes no sense is a [BadInput].
  Histogram histogram(Exposition.Type type) {
    raw.sum = sum;
    raw.countFloat = count;
    raw.integers = !floats && raw.positive.counts.size + raw.negative.counts.size == 0;
    if (type == Exposition.Type.GAUGEHISTOGRAM) {
      raw.reset = RawHistogram.GAUGE;
    }
    return switch (HistogramJudge.judge(raw)) {
      case HistogramJudge.Verdict.Good(Histogram good) -> good;
      case HistogramJudge.Verdict.Bad(_, String sentence) -> throw new BadInput(sentence);
    };
  }
}
