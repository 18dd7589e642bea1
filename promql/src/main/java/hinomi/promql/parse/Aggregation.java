package hinomi.promql.parse;

import java.util.Locale;
import java.util.Optional;

/// The aggregation operators.
public enum Aggregation {
  SUM,
  AVG,
  COUNT,
  MIN,
  MAX,
  GROUP,
  STDDEV,
  STDVAR,
  TOPK,
  BOTTOMK,
  LIMITK,
  LIMIT_RATIO,
  COUNT_VALUES,
  QUANTILE;

  static Optional<Aggregation> of(String word) {
    for (Aggregation aggregation : values()) {
      if (aggregation.word().equalsIgnoreCase(word)) {
        return Optional.of(aggregation);
      }
    }
    return Optional.empty();
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Whether it takes a number or a text before the vector.
  public boolean hasParameter() {
    return switch (this) {
      case TOPK, BOTTOMK, LIMITK, LIMIT_RATIO, COUNT_VALUES, QUANTILE -> true;
      case SUM, AVG, COUNT, MIN, MAX, GROUP, STDDEV, STDVAR -> false;
    };
  }

  /// Whether it picks input series rather than making new ones.
  public boolean picks() {
    return this == TOPK || this == BOTTOMK || isExperimental();
  }

  boolean isExperimental() {
    return this == LIMITK || this == LIMIT_RATIO;
  }
}
