package hinomi.collector.admit;

import hinomi.model.Labels;
import java.util.Optional;

/// The limits of a label set. They protect the index: a label value is stored once but searched
/// often.
///
/// @param maxLabels how many labels
record LabelLimits(int maxLabels) {
  private static final int MAX_NAME = 1024;
  private static final int MAX_VALUE = 4096;

  /// Why a label set is not taken.
  ///
  /// @param reason the counter's word
  record Excess(String reason, String sentence) {}

  Optional<Excess> judge(Labels labels) {
    if (labels.size() > maxLabels) {
      return Optional.of(
          new Excess(
              "too_many_labels",
              labels.size() + " labels, " + maxLabels + " are taken: " + shown(labels)));
    }
    for (int i = 0; i < labels.size(); i++) {
      if (labels.name(i).length() > MAX_NAME) {
        return Optional.of(
            new Excess(
                "label_name_too_long",
                "a label name longer than " + MAX_NAME + " characters: " + shown(labels)));
      }
      if (labels.value(i).length() > MAX_VALUE) {
        return Optional.of(
            new Excess(
                "label_value_too_long",
                "label \""
                    + labels.name(i)
                    + "\" has a value longer than "
                    + MAX_VALUE
                    + " characters"));
      }
    }
    return Optional.empty();
  }

  private static String shown(Labels labels) {
    String text = labels.toString();
    return text.length() > 200 ? text.substring(0, 200) + "…" : text;
  }
}
