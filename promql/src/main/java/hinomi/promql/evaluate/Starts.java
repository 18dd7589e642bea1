package hinomi.promql.evaluate;

/// What follows from start timestamps, by which a sender tells since when a sample counts
/// (Prometheus' `st-storage`; OpenTelemetry's data model, "Resets and gaps"). All times in
/// milliseconds since the epoch; a start of 0 is not known.
final class Starts {
  private Starts() {}

  /// Whether a sample begins a new count, by what it and the one before tell. A start at the very
  /// time of the sample before is how delta points follow one another, but also how a count of
  /// unknown start goes on: then the sample before has no start of its own.
  static boolean isReset(long timeBefore, long startBefore, long time, long start) {
    if (start == 0 || start >= time) {
      return false;
    }
    return start > timeBefore
        || (start == timeBefore && startBefore != 0 && startBefore < timeBefore);
  }

  /// Whether a sample counts since before the one before it was taken, and not since the same time:
  /// a sender that contradicts itself.
  static boolean overlap(long timeBefore, long startBefore, long start) {
    return start != 0 && start < timeBefore && start != startBefore;
  }

  /// Whether a window's first sample is known to have counted from zero within the window.
  static boolean isWithin(long windowStart, long start, long firstTime) {
    return start != 0 && start > windowStart && start < firstTime;
  }

  /// Whether samples of a window contradict one another.
  static boolean overlap(Window window) {
    for (int i = 1; i < window.count(); i++) {
      if (overlap(window.time(i - 1), window.start(i - 1), window.start(i))) {
        return true;
      }
    }
    for (int i = 1; i < window.histogramCount(); i++) {
      if (overlap(
          window.histogramTime(i - 1), window.histogramStart(i - 1), window.histogramStart(i))) {
        return true;
      }
    }
    return false;
  }
}
