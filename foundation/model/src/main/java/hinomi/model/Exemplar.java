package hinomi.model;

/// An example of what a sample counted, with the way to its trace (OpenMetrics, "Exemplars").
///
/// @param labels usually `trace_id` and `span_id`
/// @param timestamp milliseconds since the epoch
public record Exemplar(Labels labels, double value, long timestamp) {}
