package hinomi.promql.evaluate;

import hinomi.model.Labels;
import hinomi.promql.parse.Matching;
import java.util.ArrayList;
import java.util.List;

/// By which labels the elements of two vectors find each other: those named in `on`, or all but the
/// metric's name and those named in `ignoring`.
final class MatchKey {
  private final boolean only;
  private final List<String> names;

  MatchKey(Matching matching) {
    this.only = matching.on();
    List<String> all = new ArrayList<>(matching.labels());
    if (!only) {
      all.add(Labels.NAME);
      all.add(Naming.MARK);
    }
    this.names = List.copyOf(all);
  }

  Labels of(Labels labels) {
    return only ? labels.only(names) : labels.without(names);
  }
}
