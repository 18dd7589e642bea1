package hinomi.agent.tail;

import hinomi.model.LogRecord;
import java.util.List;

/// Where lines go.
@FunctionalInterface
public interface LogSink {
  /// Takes a batch, durably, or not at all.
  ///
  /// @return false: not now; the same lines will be offered again
  boolean offer(List<LogRecord> lines);
}
