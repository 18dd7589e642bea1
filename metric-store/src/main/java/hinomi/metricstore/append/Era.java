package hinomi.metricstore.append;

/// How old samples may be.
public enum Era {
  /// As they were measured, late by the out-of-order window at most.
  PRESENT,
  /// What another system has kept, brought by a tool: as far back as the backfill window.
  PAST
}
