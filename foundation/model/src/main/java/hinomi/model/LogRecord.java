package hinomi.model;

/// One log line of one stream.
///
/// @param stream the labels by which streams are told apart: few, of low cardinality
/// @param timestamp nanoseconds since the epoch
/// @param line the text, without its line end
/// @param metadata what is known of this line alone: severity, trace id, thread
public record LogRecord(Labels stream, long timestamp, String line, Labels metadata) {
  public LogRecord(Labels stream, long timestamp, String line) {
    this(stream, timestamp, line, Labels.EMPTY);
  }
}
