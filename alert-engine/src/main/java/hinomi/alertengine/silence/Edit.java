package hinomi.alertengine.silence;

/// What a [Draft] makes of the silences there are.
sealed interface Edit {
  /// The silence that stands after it.
  Silence after();

  /// A silence of its own.
  record Created(Silence after) implements Edit {}

  /// The same id with other times or words; what has been stays as it was.
  record Changed(Silence after) implements Edit {}

  /// The past or the matchers would have changed: the one before ends, another begins.
  record Replaced(Silence before, Silence after) implements Edit {}
}
