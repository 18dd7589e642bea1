package hinomi.metricstore.index;

/// Notes the newest sample of a metric that somebody watches. The committing thread alone uses it.
public final class Arrivals {
  private final String metric;
  private long newest = Long.MIN_VALUE;

  public Arrivals(String metric) {
    this.metric = metric;
  }

  public String metric() {
    return metric;
  }

  /// Takes a timestamp; returns whether it is the first since [#take].
  public boolean note(long timestamp) {
    boolean first = newest == Long.MIN_VALUE;
    newest = Math.max(newest, timestamp);
    return first;
  }

  /// The newest timestamp noted; begins anew.
  public long take() {
    long noted = newest;
    newest = Long.MIN_VALUE;
    return noted;
  }
}
