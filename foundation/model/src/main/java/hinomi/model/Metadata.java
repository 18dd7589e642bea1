package hinomi.model;

/// What is known of a metric beside its samples (Prometheus, "metric metadata").
///
/// @param metric its name
/// @param type `counter`, `gauge`, `histogram`, `gaugehistogram`, `summary`, `info`, `stateset`,
///   `unknown`
/// @param help for people; may be empty
/// @param unit such as `seconds`; may be empty
public record Metadata(String metric, String type, String help, String unit) {}
