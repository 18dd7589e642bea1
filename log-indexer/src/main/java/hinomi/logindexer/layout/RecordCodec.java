package hinomi.logindexer.layout;

import hinomi.model.Labels;
import hinomi.model.LogRecord;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The body of a journal record: the lines of one append, grouped by stream so that labels stand
/// once. Order inside a stream is kept. Drawn in `docs/formats/log-indexer.md`.
public final class RecordCodec {
  private RecordCodec() {}

  public static byte[] encode(List<LogRecord> records) {
    Map<Labels, List<LogRecord>> streams = new LinkedHashMap<>();
    for (LogRecord each : records) {
      streams.computeIfAbsent(each.stream(), _ -> new ArrayList<>()).add(each);
    }
    BytesOut out = new BytesOut().varint(streams.size());
    streams.forEach((labels, lines) -> {
      out.labels(labels).varint(lines.size());
      long before = 0;
      for (LogRecord line : lines) {
        out.signed(line.timestamp() - before).text(line.line()).labels(line.metadata());
        before = line.timestamp();
      }
    });
    return out.toBytes();
  }

  public static List<LogRecord> decode(byte[] body) throws IOException {
    BytesIn in = new BytesIn(body);
    List<LogRecord> records = new ArrayList<>();
    int streams = in.count();
    for (int s = 0; s < streams; s++) {
      Labels labels = in.labels();
      int lines = in.count();
      long timestamp = 0;
      for (int i = 0; i < lines; i++) {
        timestamp += in.signed();
        records.add(new LogRecord(labels, timestamp, in.text(), in.labels()));
      }
    }
    if (in.left() > 0) {
      throw new StreamCorruptedException(in.left() + " bytes too many");
    }
    return records;
  }
}
