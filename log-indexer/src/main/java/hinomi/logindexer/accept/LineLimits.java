package hinomi.logindexer.accept;

import hinomi.model.Labels;
import hinomi.model.LogRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What a line may be. Decided before the journal, so that nothing in it can fail later.
///
/// @param maxLine characters
/// @param retention how old a line may be
/// @param maxAhead how far in the future a line may be
public record LineLimits(long maxLine, Duration retention, Duration maxAhead) {
  private static final int MAX_LABELS = 64;

  /// Of all names and values together: a stream is a Lucene term, of at most 32,766 bytes.
  private static final int MAX_LABEL_CHARS = 8 << 10;

  /// Why a line is not taken.
  ///
  /// @param word short and stable, for a counter
  public record Objection(String word, String sentence) {}

  public Optional<Objection> objection(LogRecord line, Instant now) {
    if (line.line().length() > maxLine) {
      return objection(
          "line_too_long",
          "a line of " + line.line().length() + " characters; at most " + maxLine + " are taken");
    }
    if (line.stream().isEmpty()) {
      return objection("no_labels", "a stream needs at least one label");
    }
    if (isTooLarge(line.stream())) {
      return objection("labels_too_large", "the stream's labels are too many or too long");
    }
    if (isTooLarge(line.metadata())) {
      return objection("metadata_too_large", "the line's metadata are too many or too long");
    }
    return outOfTime(line, now);
  }

  private Optional<Objection> outOfTime(LogRecord line, Instant now) {
    long time = line.timestamp();
    if (time < nanos(now.minus(retention))) {
      return objection("too_old", "a line of " + instant(time) + " is older than the retention");
    }
    if (time > nanos(now.plus(maxAhead))) {
      return objection("too_far_ahead", "a line of " + instant(time) + " lies in the future");
    }
    return Optional.empty();
  }

  private static Optional<Objection> objection(String word, String sentence) {
    return Optional.of(new Objection(word, sentence));
  }

  private static boolean isTooLarge(Labels labels) {
    int chars = 0;
    for (int i = 0; i < labels.size(); i++) {
      chars += labels.name(i).length() + labels.value(i).length();
    }
    return labels.size() > MAX_LABELS || chars > MAX_LABEL_CHARS;
  }

  /// Nanoseconds since the epoch.
  public static long nanos(Instant instant) {
    return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
  }

  private static Instant instant(long nanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
  }
}
