package hinomi.wire;

import hinomi.model.BadInput;
import hinomi.model.Exemplar;
import hinomi.model.LabelBytes;
import hinomi.model.Labels;
import hinomi.model.Metadata;
import hinomi.model.OverLimit;
import hinomi.model.WriteBatch;

/// The rare parts of remote write, those that become objects: native histograms, exemplars,
/// metadata. As they need far more memory than bytes on the wire, their number in a message is
/// limited. One use, one thread.
final class ColdFields {
  /// Senders send some thousands at once.
  static final int MAX_ITEMS = 200_000;

  /// OpenMetrics 1.0, "Exemplars".
  private static final int MAX_EXEMPLAR_LABELS = 128;

  private static final String[] TYPES = {
    "unknown", "counter", "gauge", "histogram", "gaugehistogram", "summary", "info", "stateset"
  };

  private final WriteBatch batch;
  private final Refusals refusals;
  private int items;

  ColdFields(WriteBatch batch, Refusals refusals) {
    this.batch = batch;
    this.refusals = refusals;
  }

  /// Notes one more item; beyond the limit the message is refused as a whole.
  void count() {
    if (++items > MAX_ITEMS) {
      throw OverLimit.size(
          "the message holds more than "
              + MAX_ITEMS
              + " native histograms, exemplars and metadata");
    }
  }

  /// Reads a histogram of the series begun last.
  void histogram(Fields in, int end) {
    count();
    int start = in.at;
    RawHistogram raw = RawHistogram.read(in, end);
    switch (HistogramJudge.judge(raw)) {
      case HistogramJudge.Verdict.Good(var histogram) ->
          batch.histogram(raw.timestamp, histogram, raw.startTimestamp);
      case HistogramJudge.Verdict.Bad(var reason, var sentence) ->
          refusals.add(reason, 1, sentence + ", at byte " + start);
    }
  }

  /// Adds an exemplar to the series begun last.
  ///
  /// @param place where in the message it stood
  void exemplar(LabelGathering gathered, double value, long timestamp, int place) {
    Labels labels;
    try {
      labels = LabelBytes.decode(gathered.bytes(), 0, gathered.size());
    } catch (BadInput e) {
      refuseExemplar(e.reason(), place);
      return;
    }
    int length = 0;
    for (int i = 0; i < labels.size(); i++) {
      length += characters(labels.name(i)) + characters(labels.value(i));
    }
    if (length > MAX_EXEMPLAR_LABELS) {
      refuseExemplar("its labels are longer than " + MAX_EXEMPLAR_LABELS + " characters", place);
    } else {
      batch.exemplar(new Exemplar(labels, value, timestamp));
    }
  }

  private static int characters(String text) {
    return text.codePointCount(0, text.length());
  }

  void refuseExemplar(String why, int place) {
    refusals.add("bad_exemplar", 1, "an exemplar cannot be taken: " + why + ", at byte " + place);
  }

  /// Reads an exemplar whose labels are written out.
  ///
  /// ```
  /// Exemplar { repeated Label labels = 1; double value = 2; int64 timestamp = 3; }
  /// ```
  void exemplar(Fields in, int end) {
    count();
    int start = in.at;
    LabelGathering labels = new LabelGathering();
    double value = 0;
    long timestamp = 0;
    while (in.at < end) {
      int field = in.at;
      int tag = in.tag(end);
      switch (tag) {
        case (1 << 3) | 2 -> {
          in.skip(tag, end);
          labels.add(in.bytes, field, in.at);
        }
        case (2 << 3) | 1 -> value = in.real(end);
        case 3 << 3 -> timestamp = in.varint(end);
        default -> in.skip(tag, end);
      }
    }
    exemplar(labels, value, timestamp, start);
  }

  /// Reads the metadata of a metric.
  ///
  /// ```
  /// MetricMetadata { MetricType type = 1; string metric_family_name = 2; string help = 4; string unit = 5; }
  /// ```
  void metadata(Fields in, int end) {
    count();
    int start = in.at;
    long type = 0;
    String name = "";
    String help = "";
    String unit = "";
    while (in.at < end) {
      int tag = in.tag(end);
      switch (tag) {
        case 1 << 3 -> type = in.varint(end);
        case (2 << 3) | 2 -> name = in.text(end);
        case (4 << 3) | 2 -> help = in.text(end);
        case (5 << 3) | 2 -> unit = in.text(end);
        default -> in.skip(tag, end);
      }
    }
    if (name.isEmpty()) {
      refusals.add("bad_metadata", 1, "metadata names no metric, at byte " + start);
    } else {
      batch.metadata(new Metadata(name, type(type), help, unit));
    }
  }

  static String type(long number) {
    return number >= 0 && number < TYPES.length ? TYPES[(int) number] : TYPES[0];
  }
}
