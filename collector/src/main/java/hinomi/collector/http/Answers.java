package hinomi.collector.http;

import hinomi.model.Admission;
import java.util.stream.Collectors;

/// Words for a sender about what was not taken.
final class Answers {
  private Answers() {}

  /// For example `2 of 40 samples not stored: 2 duplicate_label: label "a" is given twice`.
  static String refused(Admission admission, String items) {
    return admission.refused()
        + " of "
        + (admission.accepted() + admission.refused())
        + " "
        + items
        + " not stored: "
        + admission.refusals().stream()
            .map(r -> r.count() + " " + r.reason() + ": " + r.example())
            .collect(Collectors.joining("; "));
  }
}
