package hinomi.wire;

import hinomi.model.BadInput;
import hinomi.model.OverLimit;
import hinomi.model.WriteBatch;

/// Reads `prometheus.WriteRequest` where it lies, for this is the hottest input: labels stay ranges
/// of the message, numbers go straight into the batch's columns, and no object is made for either.
/// What a label says is not looked at. One use, one thread.
///
/// ```
/// WriteRequest { repeated TimeSeries timeseries = 1; repeated MetricMetadata metadata = 3; }
/// TimeSeries   { repeated Label labels = 1; repeated Sample samples = 2;
///                repeated Exemplar exemplars = 3; repeated Histogram histograms = 4; }
/// Label        { string name = 1; string value = 2; }
/// Sample       { double value = 1; int64 timestamp = 2; }
/// ```
final class RemoteWriteScan {
  static final String FORMAT = "a remote write message";

  /// A sample that is shorter than senders write it needs more memory than it has bytes.
  static final int MAX_SHORT_SAMPLES = 1 << 20;

  private static final int LABEL = 0x0A;
  private static final int SAMPLE = 0x12;

  private final byte[] bytes;
  private final int length;
  private final Fields in;
  private final WriteBatch batch;
  private final Refusals refusals = new Refusals();
  private final ColdFields cold;
  private final LabelGathering gathering = new LabelGathering();
  private int shortSamples;

  RemoteWriteScan(byte[] message, int length) {
    this.bytes = message;
    this.length = length;
    this.in = new Fields(message, FORMAT);
    int samples = expectedSamples();
    this.batch = new WriteBatch(message, Math.min(samples, 16 + length / 64), samples);
    this.cold = new ColdFields(batch, refusals);
  }

  /// As many as there would be if all series were like the first.
  private int expectedSamples() {
    if (length < 4 || bytes[0] != LABEL) {
      return 16;
    }
    in.at = 1;
    int end = in.end(length);
    int first = in.at;
    int samples = 0;
    while (in.at < end) {
      int tag = in.tag(end);
      in.skip(tag, end);
      samples += tag == SAMPLE ? 1 : 0;
    }
    in.at = 0;
    // A sample is hardly ever shorter than 18 bytes.
    return 16 + (int) Math.min(length / 18, 9L * samples * length / (8L * (end - first + 1)));
  }

  RemoteWrite.Decoded decode() {
    int end = length;
    while (in.at < end) {
      in.at = usualSeries(in.at, end);
      if (in.at < end) {
        field(end);
      }
    }
    return new RemoteWrite.Decoded(batch, refusals.toList());
  }

  /// Reads series in the form in which all known senders write them, and stops at the first that is
  /// otherwise: labels of less than 128 bytes, then usual samples. Answers where it stopped.
  private int usualSeries(int begin, int end) {
    byte[] b = bytes;
    WriteBatch into = batch;
    int at = begin;
    while (end - at > 3 && b[at] == LABEL) {
      int low = b[at + 1];
      int high = low < 0 ? b[at + 2] : 0;
      int from = low < 0 ? at + 3 : at + 2;
      int seriesEnd = from + (low & 0x7F) + (high << 7);
      if (high < 0 || seriesEnd > end) {
        return at;
      }
      int last = seriesEnd - UsualSample.SIZE;
      int labelsEnd = from;
      while (labelsEnd < last && b[labelsEnd] == LABEL && b[labelsEnd + 1] >= 0) {
        labelsEnd += 2 + b[labelsEnd + 1];
      }
      if (labelsEnd != last && !usualSamples(labelsEnd, last)) {
        return at;
      }
      if (!UsualSample.is(b, last)) {
        return at;
      }
      into.series(from, labelsEnd);
      for (int p = labelsEnd; p < last; p += UsualSample.SIZE) {
        into.point(UsualSample.time(b, p), UsualSample.value(b, p));
      }
      // Apart from the others, for mostly it is the only one: a loop costs more than it does.
      into.point(UsualSample.time(b, last), UsualSample.value(b, last));
      at = seriesEnd;
    }
    return at;
  }

  /// Whether nothing but usual samples stands between the two places.
  private boolean usualSamples(int from, int to) {
    int at = from;
    while (at < to && UsualSample.is(bytes, at)) {
      at += UsualSample.SIZE;
    }
    return at == to;
  }

  private void field(int end) {
    int place = in.at;
    int tag = in.tag(end);
    switch (tag) {
      case (1 << 3) | 2 -> {
        int seriesEnd = in.end(end);
        series(in.at, seriesEnd);
        in.at = seriesEnd;
      }
      case (3 << 3) | 2 -> cold.metadata(in, in.end(end));
      case (4 << 3) | 2, (5 << 3) | 2 ->
          // Read as 1.0 a 2.0 message is empty: it would be lost with a 2xx.
          throw new BadInput("a remote write 2.0 message that is labelled 1.0", place);
      default -> in.skip(tag, end);
    }
  }

  /// Any series.
  private void series(int from, int end) {
    in.at = from;
    int labelsEnd = from;
    boolean together = true;
    boolean more = false;
    while (in.at < end) {
      boolean before = in.at == labelsEnd;
      int tag = in.tag(end);
      in.skip(tag, end);
      if (tag != LABEL) {
        more = true;
      } else if (before) {
        labelsEnd = in.at;
      } else {
        together = false;
      }
    }
    if (!more) {
      return; // labels without anything to store
    }
    if (together) {
      batch.series(from, labelsEnd);
    } else {
      gather(from, end);
      batch.series(gathering.bytes(), 0, gathering.size());
    }
    in.at = from;
    while (in.at < end) {
      seriesField(end);
    }
  }

  private void gather(int from, int end) {
    gathering.clear();
    in.at = from;
    while (in.at < end) {
      int field = in.at;
      int tag = in.tag(end);
      in.skip(tag, end);
      if (tag == LABEL) {
        gathering.add(bytes, field, in.at);
      }
    }
  }

  private void seriesField(int end) {
    int tag = in.tag(end);
    switch (tag) {
      case SAMPLE -> sample(in.end(end));
      case (3 << 3) | 2 -> cold.exemplar(in, in.end(end));
      case (4 << 3) | 2 -> cold.histogram(in, in.end(end));
      default -> in.skip(tag, end);
    }
  }

  private void sample(int end) {
    if (end - in.at < 16 && ++shortSamples > MAX_SHORT_SAMPLES) {
      throw tooManyShort();
    }
    double value = 0;
    long timestamp = 0;
    while (in.at < end) {
      int tag = in.tag(end);
      switch (tag) {
        case (1 << 3) | 1 -> value = in.real(end);
        case 2 << 3 -> timestamp = in.varint(end);
        default -> in.skip(tag, end);
      }
    }
    batch.point(timestamp, value);
  }

  static OverLimit tooManyShort() {
    return OverLimit.size(
        "the message holds more than " + MAX_SHORT_SAMPLES + " samples without time or value");
  }
}
