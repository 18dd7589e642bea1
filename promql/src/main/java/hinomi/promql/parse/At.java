package hinomi.promql.parse;

/// The `@` modifier of a selector: which time it looks at instead of the evaluation time.
public sealed interface At {
  /// No modifier.
  record Step() implements At {}

  /// `@ 1609746000`.
  ///
  /// @param millis since the epoch
  record Fixed(long millis) implements At {}

  /// `@ start()`: the beginning of the whole query.
  record Start() implements At {}

  /// `@ end()`: the end of the whole query.
  record End() implements At {}

  At STEP = new Step();
}
