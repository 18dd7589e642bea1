package hinomi.logindexer.logql;

import hinomi.logindexer.LineFilter;
import hinomi.logindexer.LogQuery;
import hinomi.logindexer.LogQuery.Direction;
import hinomi.model.Matcher;
import java.util.List;

/// What a LogQL text says.
public sealed interface Expr {
  /// A log query: which lines.
  ///
  /// @param fields conditions on labels and metadata after the selector
  record Logs(List<Matcher> matchers, List<LineFilter> lines, List<Matcher> fields)
      implements Expr {
    public Logs {
      matchers = List.copyOf(matchers);
      lines = List.copyOf(lines);
      fields = List.copyOf(fields);
    }

    /// @param from nanoseconds, inclusive; `to` exclusive
    public LogQuery query(long from, long to, int limit, Direction direction) {
      return new LogQuery(matchers, lines, fields, from, to, limit, direction);
    }
  }

  /// A number.
  record Scalar(double value) implements Expr {}

  /// `vector(n)`: one series without labels.
  record Vector(double value) implements Expr {}

  /// What is counted over a range.
  enum Count {
    COUNT_OVER_TIME,
    RATE,
    BYTES_OVER_TIME,
    BYTES_RATE
  }

  /// Lines counted over the range before each step.
  ///
  /// @param range nanoseconds, above 0
  /// @param offset nanoseconds by which the range lies earlier
  record Range(Count count, Logs logs, long range, long offset) implements Expr {}

  /// How series become one.
  enum Aggregator {
    SUM,
    AVG,
    MIN,
    MAX,
    COUNT,
    TOPK,
    BOTTOMK
  }

  /// Which labels tell the groups apart.
  ///
  /// @param by only these labels remain; else all but these
  record Grouping(boolean by, List<String> names) {
    public static final Grouping NONE = new Grouping(true, List.of());

    public Grouping {
      names = List.copyOf(names);
    }
  }

  /// @param parameter the k of `topk` and `bottomk`
  record Aggregate(Aggregator aggregator, int parameter, Grouping grouping, Expr inner)
      implements Expr {}

  /// The operators, in Go's notation.
  enum Operator {
    ADD("+", 2),
    SUBTRACT("-", 2),
    MULTIPLY("*", 3),
    DIVIDE("/", 3),
    MODULO("%", 3),
    POWER("^", 4),
    EQUAL("==", 1),
    NOT_EQUAL("!=", 1),
    GREATER(">", 1),
    GREATER_EQUAL(">=", 1),
    LESS("<", 1),
    LESS_EQUAL("<=", 1);

    private final String sign;
    private final int strength;

    Operator(String sign, int strength) {
      this.sign = sign;
      this.strength = strength;
    }

    String sign() {
      return sign;
    }

    /// Stronger ones bind first.
    int strength() {
      return strength;
    }

    boolean compares() {
      return strength == 1;
    }
  }

  /// @param bool a comparison answers 0 or 1 instead of dropping
  record Binary(Operator operator, boolean bool, Expr left, Expr right) implements Expr {}
}
