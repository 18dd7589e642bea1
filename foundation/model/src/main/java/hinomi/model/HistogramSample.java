package hinomi.model;

/// One native histogram of one series; the counterpart of [Sample].
///
/// @param labels the series, its name under [Labels#NAME]
/// @param timestamp milliseconds since the epoch
public record HistogramSample(Labels labels, long timestamp, Histogram value) {}
