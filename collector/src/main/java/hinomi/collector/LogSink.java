package hinomi.collector;

import hinomi.model.Admission;
import hinomi.model.LogRecord;
import java.util.List;

/// Where log lines go. Called from many threads at once.
@FunctionalInterface
public interface LogSink {
  /// Stores lines; what is accepted is durable when this returns. Throws `Unavailable` or
  /// `OverLimit` when nothing was stored and the same may be tried again later.
  Admission append(List<LogRecord> records);
}
