package hinomi.alertengine;

import java.time.Duration;
import java.util.List;

/// For each selector of an expression, one that yields how many samples each of its series has:
/// within the selector's range, or within `window` where it has none.
@FunctionalInterface
public interface SampleCounts {
  List<String> of(String expression, Duration window);
}
