package hinomi.promql.parse;

import static hinomi.promql.parse.Type.RANGE;
import static hinomi.promql.parse.Type.SCALAR;
import static hinomi.promql.parse.Type.TEXT;
import static hinomi.promql.parse.Type.VECTOR;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// All functions by name. What they do stands in `evaluate`, one file a family; a test holds both
/// lists together.
public final class Signatures {
  private static final Set<String> EXPERIMENTAL =
      Set.of(
          "double_exponential_smoothing",
          "end",
          "histogram_quantiles",
          "info",
          "mad_over_time",
          "max_of",
          "min_of",
          "range",
          "sort_by_label",
          "sort_by_label_desc",
          "start",
          "start_timestamp",
          "step",
          "ts_of_first_over_time",
          "ts_of_last_over_time",
          "ts_of_max_over_time",
          "ts_of_min_over_time");
  private static final Set<String> OF_QUERY = Set.of("start", "end", "step", "range");
  private static final Map<String, Signature> ALL = all();

  private Signatures() {}

  static Optional<Signature> of(String name) {
    return Optional.ofNullable(ALL.get(name));
  }

  public static Set<String> names() {
    return ALL.keySet();
  }

  /// Whether a function tells something about the query itself, which the plan knows.
  public static boolean isOfQuery(String name) {
    return OF_QUERY.contains(name);
  }

  private static Map<String, Signature> all() {
    Map<String, Signature> all = new LinkedHashMap<>();
    for (String name :
        words(
            "abs ceil exp floor ln log2 log10 sgn sqrt acos acosh asin asinh atan atanh cos cosh"
                + " sin sinh tan tanh deg rad absent sort sort_desc timestamp start_timestamp"
                + " histogram_count histogram_sum histogram_avg histogram_stddev"
                + " histogram_stdvar")) {
      add(all, name, VECTOR, 0, VECTOR);
    }
    for (String name :
        words(
            "rate increase irate delta idelta deriv resets changes absent_over_time"
                + " present_over_time avg_over_time min_over_time max_over_time sum_over_time"
                + " count_over_time stddev_over_time stdvar_over_time last_over_time"
                + " first_over_time mad_over_time ts_of_min_over_time ts_of_max_over_time"
                + " ts_of_first_over_time ts_of_last_over_time")) {
      add(all, name, VECTOR, 0, RANGE);
    }
    for (String name :
        words("minute hour day_of_week day_of_month day_of_year days_in_month month year")) {
      add(all, name, VECTOR, 1, VECTOR);
    }
    for (String name : words("time pi start end step range")) {
      add(all, name, SCALAR, 0);
    }
    add(all, "max_of", SCALAR, 0, SCALAR, SCALAR);
    add(all, "min_of", SCALAR, 0, SCALAR, SCALAR);
    add(all, "predict_linear", VECTOR, 0, RANGE, SCALAR);
    add(all, "double_exponential_smoothing", VECTOR, 0, RANGE, SCALAR, SCALAR);
    add(all, "quantile_over_time", VECTOR, 0, SCALAR, RANGE);
    add(all, "histogram_quantile", VECTOR, 0, SCALAR, VECTOR);
    add(all, "histogram_fraction", VECTOR, 0, SCALAR, SCALAR, VECTOR);
    add(all, "histogram_quantiles", VECTOR, 9, VECTOR, TEXT, SCALAR, SCALAR);
    add(all, "clamp", VECTOR, 0, VECTOR, SCALAR, SCALAR);
    add(all, "clamp_min", VECTOR, 0, VECTOR, SCALAR);
    add(all, "clamp_max", VECTOR, 0, VECTOR, SCALAR);
    add(all, "round", VECTOR, 1, VECTOR, SCALAR);
    add(all, "scalar", SCALAR, 0, VECTOR);
    add(all, "vector", VECTOR, 0, SCALAR);
    add(all, "info", VECTOR, 1, VECTOR, VECTOR);
    add(all, "label_replace", VECTOR, 0, VECTOR, TEXT, TEXT, TEXT, TEXT);
    add(all, "label_join", VECTOR, Signature.ANY, VECTOR, TEXT, TEXT, TEXT);
    add(all, "sort_by_label", VECTOR, Signature.ANY, VECTOR, TEXT);
    add(all, "sort_by_label_desc", VECTOR, Signature.ANY, VECTOR, TEXT);
    return all;
  }

  private static void add(
      Map<String, Signature> all, String name, Type returns, int optional, Type... arguments) {
    boolean experimental = EXPERIMENTAL.contains(name);
    all.put(name, new Signature(name, List.of(arguments), optional, returns, experimental));
  }

  private static String[] words(String text) {
    return text.split(" ");
  }
}
