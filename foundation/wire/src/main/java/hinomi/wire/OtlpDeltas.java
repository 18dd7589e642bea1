package hinomi.wire;

import hinomi.model.Labels;

/// Who remembers what points of delta temporality add up to. Called from many threads at once.
@FunctionalInterface
public interface OtlpDeltas {
  /// What became of a point.
  sealed interface Answer {
    /// @param total of all points since the count began
    /// @param since when that was, nanoseconds since the epoch; 0 when that is not known
    record Counted(OtlpTotal total, long since) implements Answer {}

    /// @param reason the word for the counter
    record Refused(String reason, String sentence) implements Answer {}
  }

  /// @param series whose point it is
  /// @param start nanoseconds since the epoch, from when on it counted; 0 when that is not known
  /// @param end until when
  Answer add(Labels series, long start, long end, OtlpTotal delta);
}
