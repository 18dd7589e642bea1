package hinomi.collector.admit;

import hinomi.model.Labels;
import hinomi.model.LogRecord;
import hinomi.settings.Durations;
import hinomi.wire.Refusals;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Judges log lines: a line from far ahead or from long ago is refused, for it would land where
/// nobody looks; a line that is too long is cut and marked with the metadata `truncated="true"`,
/// for its beginning is worth more than nothing. Stateless; any thread.
///
/// @param maxLine characters of a line, and of a metadata value
public record LogGate(int maxLabels, int maxLine, Duration maxAge, Duration maxAhead) {
  /// The metadata that marks a line that was cut.
  public static final String TRUNCATED = "truncated";

  private static final int MAX_METADATA = 128;

  public Judged<LogRecord> judge(List<LogRecord> records, Instant now) {
    LabelLimits limits = new LabelLimits(maxLabels);
    long latest = nanos(now.plus(maxAhead));
    long earliest = nanos(now.minus(maxAge));
    List<LogRecord> kept = new ArrayList<>(records.size());
    Refusals refusals = new Refusals();
    int cut = 0;
    for (LogRecord record : records) {
      var excess = limits.judge(record.stream());
      if (excess.isPresent()) {
        refusals.add(excess.get().reason(), 1, excess.get().sentence());
      } else if (record.timestamp() > latest) {
        refusals.add(
            "too_far_ahead",
            1,
            when(record) + " is more than " + Durations.print(maxAhead) + " ahead");
      } else if (record.timestamp() < earliest) {
        refusals.add(
            "too_old", 1, when(record) + " is more than " + Durations.print(maxAge) + " ago");
      } else if (record.metadata().size() > MAX_METADATA) {
        refusals.add(
            "too_much_metadata",
            1,
            "a line has " + record.metadata().size() + " metadata, " + MAX_METADATA + " are taken");
      } else {
        boolean fits = fits(record);
        kept.add(fits ? record : shortened(record));
        cut += fits ? 0 : 1;
      }
    }
    return new Judged<>(kept, refusals.toList(), cut);
  }

  private static long nanos(Instant at) {
    return at.getEpochSecond() * 1_000_000_000L + at.getNano();
  }

  private static String when(LogRecord record) {
    Instant at =
        Instant.ofEpochSecond(
            Math.floorDiv(record.timestamp(), 1_000_000_000L),
            Math.floorMod(record.timestamp(), 1_000_000_000L));
    return "the time " + at + " of a line of " + record.stream();
  }

  private boolean fits(LogRecord record) {
    boolean fits = record.line().length() <= maxLine;
    for (int i = 0; i < record.metadata().size(); i++) {
      fits &= record.metadata().value(i).length() <= maxLine;
    }
    return fits;
  }

  private LogRecord shortened(LogRecord record) {
    Labels.Builder shorter = Labels.builder();
    record.metadata().forEach((name, value) -> shorter.set(name, cut(value)));
    return new LogRecord(
        record.stream(),
        record.timestamp(),
        cut(record.line()),
        shorter.set(TRUNCATED, "true").build());
  }

  private String cut(String text) {
    if (text.length() <= maxLine) {
      return text;
    }
    // Not between the halves of a character outside the basic plane.
    int end = Character.isHighSurrogate(text.charAt(maxLine - 1)) ? maxLine - 1 : maxLine;
    return text.substring(0, end);
  }
}
