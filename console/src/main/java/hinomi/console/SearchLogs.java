package hinomi.console;

import hinomi.model.LogRecord;
import java.util.List;

/// The newest lines that fit, newest first. A mistake in the query is a [hinomi.model.BadInput]
/// with its offset in the text.
@FunctionalInterface
public interface SearchLogs {
  List<LogRecord> search(LogSearch search);
}
