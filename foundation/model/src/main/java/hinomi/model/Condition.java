package hinomi.model;

/// What a measurement says of a component. Three values: silence is not health.
public enum Condition {
  UP,
  DOWN,
  UNKNOWN
}
