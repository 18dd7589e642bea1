package hinomi.metricstore.index;

import java.util.ArrayList;
import java.util.List;

/// The name of a label, and the values that it has. Whoever guards the index guards this.
public final class LabelName {
  private final String text;
  private final List<Pair> pairs = new ArrayList<>(1);

  LabelName(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }

  /// One for each value that some series has; not to be changed.
  public List<Pair> pairs() {
    return pairs;
  }

  void add(Pair pair) {
    pairs.add(pair);
  }

  /// Forgets values that no series has; returns whether any is left.
  boolean tidy() {
    pairs.removeIf(pair -> pair.count() == 0);
    return !pairs.isEmpty();
  }
}
