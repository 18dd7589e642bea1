package hinomi.logindexer;

import hinomi.model.Labels;

/// Is shown each line that matches, once, in no order; the text stays where it is.
@FunctionalInterface
public interface LineVisitor {
  /// @param timestamp nanoseconds since the epoch
  /// @param bytes length of the text in UTF-8
  void line(Labels stream, long timestamp, Labels metadata, int bytes);
}
