package hinomi.collector.http;

import hinomi.model.Admission;
import hinomi.model.BadInput;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Words for a sender about what was not taken.
final class Answers {
  private Answers() {}

  /// What a decoder makes of a body. Where it stumbles, the place is put into words, for a sender
  /// sees nothing else.
  static <T> T placed(Supplier<T> decoding) {
    try {
      return decoding.get();
    } catch (BadInput e) {
      if (e.offset() == BadInput.NOWHERE) {
        throw e;
      }
      throw new BadInput(e.reason() + ", at byte " + e.offset() + " of the body", e.offset());
    }
  }

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
