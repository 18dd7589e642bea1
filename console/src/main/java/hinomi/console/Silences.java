package hinomi.console;

import java.util.List;

/// Every silence that is kept: active ones first, then those to come, then those that are over, the
/// newest first.
@FunctionalInterface
public interface Silences {
  List<Silence> all();
}
