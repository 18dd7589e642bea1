package hinomi.metricstore.append;

import hinomi.metricstore.index.LabelFault;

/// Why a sample is not taken. The words are labels of the counter `hinomi.metricstore.refused` and
/// reasons of an admission: they are stable.
enum Reason {
  NO_NAME("no_name", "the series has no __name__"),
  BAD_LABELS("bad_labels", "the labels cannot be read"),
  INVALID_UTF8("invalid_utf8", "a label is not UTF-8"),
  EMPTY_LABEL_NAME("empty_label_name", "a label has no name"),
  DUPLICATE_LABEL("duplicate_label", "a label is given twice"),
  TOO_MANY_LABELS("too_many_labels", "the series has too many labels"),
  LABEL_NAME_TOO_LONG("label_name_too_long", "a label's name has more than 1024 characters"),
  LABEL_VALUE_TOO_LONG("label_value_too_long", "a label's value has more than 4096 characters"),
  TOO_FAR_IN_FUTURE("too_far_in_future", "the timestamp is too far in the future"),
  DUPLICATE_TIMESTAMP(
      "duplicate_timestamp", "duplicate sample for timestamp: another value is held"),
  TOO_OLD("too_old", "too old sample: the series is already past the out-of-order window"),
  OUT_OF_BOUNDS("out_of_bounds", "out of bounds: a new series cannot begin that long ago"),
  SERIES_LIMIT("series_limit", "no new series: the limit on series is reached"),
  METRIC_SERIES_LIMIT(
      "metric_series_limit", "no new series: the limit on series of one metric is reached"),
  INSTANCE_SERIES_LIMIT(
      "instance_series_limit", "no new series: the limit on series of one instance is reached");

  private final String word;
  private final String sentence;

  Reason(String word, String sentence) {
    this.word = word;
    this.sentence = sentence;
  }

  String word() {
    return word;
  }

  String sentence() {
    return sentence;
  }

  static Reason of(LabelFault fault) {
    return switch (fault) {
      case MALFORMED -> BAD_LABELS;
      case INVALID_UTF8 -> INVALID_UTF8;
      case EMPTY_NAME -> EMPTY_LABEL_NAME;
      case DUPLICATE -> DUPLICATE_LABEL;
      case TOO_MANY -> TOO_MANY_LABELS;
      case NAME_TOO_LONG -> LABEL_NAME_TOO_LONG;
      case VALUE_TOO_LONG -> LABEL_VALUE_TOO_LONG;
      case NO_METRIC -> NO_NAME;
    };
  }
}
