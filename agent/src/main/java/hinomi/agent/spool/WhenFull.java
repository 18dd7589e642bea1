package hinomi.agent.spool;

/// The answer of a spool that has reached its limit.
public enum WhenFull {
  /// The oldest batches make room, and are counted: a measurement of now is worth more than one of
  /// yesterday.
  DROP_OLDEST,
  /// The new batch is refused: its source can be read again later, as a log file can.
  REFUSE
}
