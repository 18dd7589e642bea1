package hinomi.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import hinomi.model.BadInput;
import hinomi.model.Labels;
import hinomi.model.Metadata;
import hinomi.model.WriteBatch;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/// Reads `io.prometheus.write.v2.Request`. Labels are written out as version 1.0 has them, so that
/// a series has the same bytes whichever way it comes. One use, one thread.
///
/// ```
/// Request    { repeated string symbols = 4; repeated TimeSeries timeseries = 5; }
/// TimeSeries { repeated uint32 labels_refs = 1; repeated Sample samples = 2; repeated Histogram histograms = 3;
///              repeated Exemplar exemplars = 4; Metadata metadata = 5; }
/// Sample     { double value = 1; int64 timestamp = 2; int64 start_timestamp = 3; }
/// Exemplar   { repeated uint32 labels_refs = 1; double value = 2; int64 timestamp = 3; }
/// Metadata   { MetricType type = 1; uint32 help_ref = 3; uint32 unit_ref = 4; }
/// ```
final class RemoteWrite2Scan {
  private static final String FORMAT = "a remote write 2.0 message";
  private static final byte[] NAME = Labels.NAME.getBytes(UTF_8);

  private final int length;
  private final Fields in;
  private final Symbols symbols;
  private final WriteBatch batch = new WriteBatch();
  private final Refusals refusals = new Refusals();
  private final ColdFields cold = new ColdFields(batch, refusals);
  private final LabelGathering labels = new LabelGathering();
  private final Set<MetadataOf> described = new HashSet<>();
  private int shortSamples;

  // Of the series or the exemplar that is being read.
  private long[] references = new long[64];
  private int referenceCount;

  /// Metadata comes with each series of a metric.
  private record MetadataOf(String metric, long type, long help, long unit) {}

  RemoteWrite2Scan(byte[] array, int length) {
    this.length = length;
    this.in = new Fields(array, FORMAT);
    this.symbols = new Symbols(array);
  }

  RemoteWrite.Decoded decode() {
    // Symbols may stand behind the series that refer to them.
    while (in.at < length) {
      int place = in.at;
      int tag = in.tag(length);
      switch (tag) {
        case (4 << 3) | 2 -> {
          int end = in.end(length);
          symbols.add(in.at, end);
          in.at = end;
        }
        case (1 << 3) | 2 ->
            throw new BadInput("a remote write 1.0 message that is labelled 2.0", place);
        default -> in.skip(tag, length);
      }
    }
    in.at = 0;
    while (in.at < length) {
      int tag = in.tag(length);
      if (tag == ((5 << 3) | 2)) {
        int end = in.end(length);
        series(in.at, end);
        in.at = end;
      } else {
        in.skip(tag, length);
      }
    }
    return new RemoteWrite.Decoded(batch, refusals.toList());
  }

  private void series(int from, int end) {
    referenceCount = 0;
    int samples = 0;
    int metadata = -1;
    in.at = from;
    while (in.at < end) {
      int place = in.at;
      int tag = in.tag(end);
      switch (tag) {
        case 1 << 3, (1 << 3) | 2 -> references(tag, end);
        case (2 << 3) | 2, (3 << 3) | 2 -> {
          samples++;
          in.skip(tag, end);
        }
        case (5 << 3) | 2 -> {
          metadata = place;
          in.skip(tag, end);
        }
        default -> in.skip(tag, end);
      }
    }
    if (samples == 0) {
      refusals.add("no_samples", 1, "a series has no samples, at byte " + from);
    } else if (!referencesAreGood()) {
      refusals.add(
          "bad_references", samples, "the labels of a series refer to nothing, at byte " + from);
    } else {
      labels();
      batch.series(labels.bytes(), 0, labels.size());
      points(from, end);
      if (metadata >= 0) {
        in.at = metadata;
        int _ = in.tag(end);
        metadata(in.end(end), from);
      }
    }
  }

  private void references(int tag, int end) {
    if ((tag & 7) == 0) {
      reference(in.varint(end));
      return;
    }
    int listEnd = in.end(end);
    while (in.at < listEnd) {
      reference(in.varint(listEnd));
    }
  }

  private void reference(long reference) {
    if (referenceCount == references.length) {
      references = Arrays.copyOf(references, 2 * referenceCount);
    }
    references[referenceCount++] = reference;
  }

  private boolean referencesAreGood() {
    for (int i = 0; i < referenceCount; i++) {
      if (!symbols.has(references[i])) {
        return false;
      }
    }
    return referenceCount % 2 == 0;
  }

  private void labels() {
    labels.clear();
    for (int i = 0; i < referenceCount; i += 2) {
      symbols.label((int) references[i], (int) references[i + 1], labels);
    }
  }

  private void points(int from, int end) {
    in.at = from;
    while (in.at < end) {
      if (end - in.at >= UsualSample.SIZE && UsualSample.is(in.bytes, in.at)) {
        batch.point(UsualSample.time(in.bytes, in.at), UsualSample.value(in.bytes, in.at));
        in.at += UsualSample.SIZE;
        continue;
      }
      int tag = in.tag(end);
      switch (tag) {
        case (2 << 3) | 2 -> sample(in.end(end));
        case (3 << 3) | 2 -> cold.histogram(in, in.end(end));
        case (4 << 3) | 2 -> exemplar(in.end(end));
        default -> in.skip(tag, end);
      }
    }
  }

  private void sample(int end) {
    if (end - in.at < 16 && ++shortSamples > RemoteWriteScan.MAX_SHORT_SAMPLES) {
      throw RemoteWriteScan.tooManyShort();
    }
    double value = 0;
    long timestamp = 0;
    long start = 0;
    while (in.at < end) {
      int tag = in.tag(end);
      switch (tag) {
        case (1 << 3) | 1 -> value = in.real(end);
        case 2 << 3 -> timestamp = in.varint(end);
        case 3 << 3 -> start = in.varint(end);
        default -> in.skip(tag, end);
      }
    }
    batch.point(timestamp, value);
    batch.startedAt(start);
  }

  private void exemplar(int end) {
    cold.count();
    int start = in.at;
    double value = 0;
    long timestamp = 0;
    long[] ofSeries = references;
    int countOfSeries = referenceCount;
    references = new long[8];
    referenceCount = 0;
    while (in.at < end) {
      int tag = in.tag(end);
      switch (tag) {
        case 1 << 3, (1 << 3) | 2 -> references(tag, end);
        case (2 << 3) | 1 -> value = in.real(end);
        case 3 << 3 -> timestamp = in.varint(end);
        default -> in.skip(tag, end);
      }
    }
    if (referencesAreGood()) {
      labels();
      cold.exemplar(labels, value, timestamp, start);
    } else {
      cold.refuseExemplar("its labels refer to nothing", start);
    }
    references = ofSeries;
    referenceCount = countOfSeries;
  }

  private void metadata(int end, int series) {
    long type = 0;
    long help = 0;
    long unit = 0;
    while (in.at < end) {
      int tag = in.tag(end);
      switch (tag) {
        case 1 << 3 -> type = in.varint(end);
        case 3 << 3 -> help = in.varint(end);
        case 4 << 3 -> unit = in.varint(end);
        default -> in.skip(tag, end);
      }
    }
    if ((help != 0 && !symbols.has(help)) || (unit != 0 && !symbols.has(unit))) {
      refusals.add("bad_metadata", 1, "metadata refers to nothing, at byte " + series);
      return;
    }
    String word = ColdFields.type(type);
    String metric = family(metric(), word);
    if (!metric.isEmpty() && described.add(new MetadataOf(metric, type, help, unit))) {
      cold.count();
      batch.metadata(new Metadata(metric, word, text(help), text(unit)));
    }
  }

  private String metric() {
    for (int i = 0; i < referenceCount; i += 2) {
      if (symbols.is((int) references[i], NAME)) {
        return symbols.text((int) references[i + 1]);
      }
    }
    return "";
  }

  /// The metric that a series of a classic histogram or of a summary belongs to.
  private static String family(String series, String type) {
    String[] suffixes =
        switch (type) {
          case "histogram" -> new String[] {"_bucket", "_count", "_sum"};
          case "gaugehistogram" -> new String[] {"_bucket", "_gcount", "_gsum"};
          case "summary" -> new String[] {"_count", "_sum"};
          default -> new String[0];
        };
    for (String suffix : suffixes) {
      if (series.endsWith(suffix)) {
        return series.substring(0, series.length() - suffix.length());
      }
    }
    return series;
  }

  private String text(long reference) {
    return symbols.has(reference) ? symbols.text((int) reference) : "";
  }
}
