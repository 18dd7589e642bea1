package hinomi.promql.evaluate;

import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.promql.parse.Expr;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;

/// Functions between vectors and scalars, of a vector as a whole, and of its order.
final class VectorFunctions {
  private VectorFunctions() {}

  static Map<String, Functions.OfCall> all() {
    Map<String, Functions.OfCall> all = new HashMap<>();
    all.put("vector", VectorFunctions::vector);
    all.put("scalar", VectorFunctions::scalar);
    all.put("pi", VectorFunctions::pi);
    all.put("max_of", arguments -> extreme(arguments, Math::max));
    all.put("min_of", arguments -> extreme(arguments, Math::min));
    all.put("absent", VectorFunctions::absent);
    all.put("sort", arguments -> numbers(sorted(arguments, byValue(false))));
    all.put("sort_desc", arguments -> numbers(sorted(arguments, byValue(true))));
    all.put("sort_by_label", arguments -> sorted(arguments, byLabels(arguments)));
    all.put("sort_by_label_desc", arguments -> sorted(arguments, byLabels(arguments).reversed()));
    return all;
  }

  private static Value vector(Arguments arguments) {
    return new Value.Vector(List.of(new Row(Labels.EMPTY, arguments.scalar(0))));
  }

  private static Value scalar(Arguments arguments) {
    Value.Vector vector = arguments.vector(0);
    double[] result = arguments.row();
    for (Row row : vector.rows()) {
      for (int i = 0; i < result.length; i++) {
        if (Row.isPresent(row.values()[i])) {
          result[i] = Row.isPresent(result[i]) ? Double.NaN : row.values()[i];
        }
      }
    }
    for (int i = 0; i < result.length; i++) {
      if (Row.isAbsent(result[i])) {
        result[i] = Double.NaN;
      }
    }
    return new Value.Scalar(result);
  }

  private static Value pi(Arguments arguments) {
    double[] result = arguments.row();
    Arrays.fill(result, Math.PI);
    return new Value.Scalar(result);
  }

  private static Value extreme(Arguments arguments, DoubleBinaryOperator better) {
    double[] left = arguments.scalar(0);
    double[] right = arguments.scalar(1);
    double[] result = arguments.row();
    Arrays.setAll(result, i -> better.applyAsDouble(left[i], right[i]));
    return new Value.Scalar(result);
  }

  private static Value absent(Arguments arguments) {
    Value.Vector vector = arguments.vector(0);
    double[] result = arguments.row();
    Arrays.fill(result, 1);
    for (Row row : vector.rows()) {
      for (int i = 0; i < result.length; i++) {
        if (row.has(i)) {
          result[i] = Row.ABSENT;
        }
      }
    }
    Row row = new Row(labelsOfAbsent(arguments.expr(0)), result);
    return new Value.Vector(row.isEmpty() ? List.of() : List.of(row));
  }

  /// What can be said about a series that is not there: the labels that the selector fixes. One
  /// that it names twice is left out.
  static Labels labelsOfAbsent(Expr expr) {
    List<Matcher> matchers =
        switch (expr) {
          case Expr.Selector selector -> selector.matchers();
          case Expr.RangeSelector range -> range.selector().matchers();
          default -> List.of();
        };
    Labels.Builder labels = Labels.builder();
    Set<String> seen = new HashSet<>();
    for (Matcher matcher : matchers) {
      if (!matcher.name().equals(Labels.NAME)) {
        boolean fixed = matcher.kind() == Matcher.Kind.EQUAL && seen.add(matcher.name());
        labels.set(matcher.name(), fixed ? matcher.value() : "");
      }
    }
    return labels.build();
  }

  /// Without histograms, which have no order.
  private static Value numbers(Value.Vector vector) {
    return new Value.Vector(
        vector.rows().stream()
            .filter(row -> row.numbers() > 0)
            .map(row -> new Row(row.labels(), row.values()))
            .toList());
  }

  private static Value.Vector sorted(Arguments arguments, Comparator<Row> order) {
    Value.Vector vector = arguments.vector(0);
    if (arguments.grid().count() > 1) {
      arguments.notes().sortOverRange(arguments.call().span());
      return vector;
    }
    List<Row> rows = new ArrayList<>(vector.rows());
    rows.sort(order);
    return new Value.Vector(rows);
  }

  /// By the value at the only step; NaN comes last either way.
  private static Comparator<Row> byValue(boolean descending) {
    return (one, other) -> {
      double a = one.values()[0];
      double b = other.values()[0];
      if (Double.isNaN(a) || Double.isNaN(b)) {
        return Boolean.compare(Double.isNaN(a), Double.isNaN(b));
      }
      return a == b ? 0 : (a < b) == descending ? 1 : -1;
    };
  }

  private static Comparator<Row> byLabels(Arguments arguments) {
    List<String> names = new ArrayList<>();
    for (int i = 1; i < arguments.count(); i++) {
      names.add(arguments.text(i));
    }
    return (one, other) -> {
      for (String name : names) {
        int order = NaturalOrder.compare(one.labels().get(name), other.labels().get(name));
        if (order != 0) {
          return order;
        }
      }
      return one.labels().compareTo(other.labels());
    };
  }
}
