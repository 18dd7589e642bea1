package hinomi.console;

import hinomi.model.Language;
import java.time.Instant;
import java.util.List;

/// Why alerts were told by a time, and why not.
@FunctionalInterface
public interface ExplainAlert {
  /// @param alert a fingerprint, a name, or matchers such as `{alertname="Slow", host="a"}`; a
  ///   mistake in them is a [hinomi.model.BadInput] with its offset
  List<Explanation> explain(String alert, Instant at, Language language);
}
