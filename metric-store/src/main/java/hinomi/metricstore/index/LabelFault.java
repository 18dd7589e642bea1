package hinomi.metricstore.index;

/// What can be wrong with the label bytes of a series.
public enum LabelFault {
  MALFORMED,
  INVALID_UTF8,
  EMPTY_NAME,
  DUPLICATE,
  TOO_MANY,
  NAME_TOO_LONG,
  VALUE_TOO_LONG,
  NO_METRIC
}
