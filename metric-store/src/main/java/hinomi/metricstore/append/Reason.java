package hinomi.metricstore.append;

/// Why a sample is not taken. The words are labels of the counter `hinomi.metricstore.refused` and
/// reasons of an admission: they are stable.
enum Reason {
  MISSING_NAME("missing_name", "the series has no __name__"),
  BAD_LABELS("bad_labels", "the labels are longer than 64 KiB or no valid Unicode"),
  TOO_FAR_IN_FUTURE("too_far_in_future", "the timestamp is too far in the future"),
  DUPLICATE_TIMESTAMP(
      "duplicate_timestamp", "duplicate sample for timestamp: another value is held"),
  TOO_OLD("too_old", "too old sample: the series is already past the out-of-order window"),
  OUT_OF_BOUNDS("out_of_bounds", "out of bounds: a new series cannot begin that long ago"),
  SERIES_LIMIT("series_limit", "no new series: the limit on series is reached");

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
}
