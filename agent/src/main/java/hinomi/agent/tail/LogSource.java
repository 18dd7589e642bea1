package hinomi.agent.tail;

import hinomi.model.Labels;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Files that are read alike.
///
/// @param paths globs, or plain paths
/// @param labels of every stream; `filename` is added
/// @param encoding of the text; its line end must be the byte 0x0A
/// @param eventStart found in the first line of an event of several lines; empty: every line stands
///   alone
/// @param readFrom where to begin in a file that was there before the agent first ran
public record LogSource(
    List<String> paths,
    Labels labels,
    Charset encoding,
    Optional<Pattern> eventStart,
    ReadFrom readFrom) {
  /// Where reading begins. Files that appear later are always read whole.
  public enum ReadFrom {
    BEGINNING,
    END
  }

  public LogSource {
    paths = List.copyOf(paths);
  }
}
