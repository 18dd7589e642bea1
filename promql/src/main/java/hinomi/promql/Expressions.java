package hinomi.promql;

import hinomi.model.BadInput;
import hinomi.promql.parse.Dialect;
import hinomi.promql.parse.Expr;
import hinomi.promql.parse.Parser;
import hinomi.promql.parse.Span;
import hinomi.promql.plan.Planner;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Expressions that were asked lately, parsed and planned: dashboards and rules ask the same ones
/// again and again. For any threads.
final class Expressions {
  /// For questions, which may be any.
  static final int SOME = 1000;

  /// For rules, which are evaluated in turns: one too many, and each would be forgotten just before
  /// it is needed again.
  static final int MANY = 50_000;

  /// Longer texts are not kept.
  private static final int LONGEST = 4096;

  private final Dialect dialect;
  private final int most;
  private final Map<String, Parsed> known =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Parsed> eldest) {
          return size() > most;
        }
      };

  Expressions(Dialect dialect, int most) {
    this.dialect = dialect;
    this.most = most;
  }

  /// @param planned unless the plan depends on the query's times
  record Parsed(String text, Expr expr, Optional<Expr> planned) {
    /// As [Planner#plan], with the place of a mistake in its message.
    Expr plan(long start, long end, long step) {
      try {
        return planned.orElseGet(() -> Planner.plan(expr, start, end, step));
      } catch (BadInput e) {
        throw new BadInput(Span.place(text, e.offset()) + ": " + e.reason(), e.offset());
      }
    }
  }

  /// A mistake is a [BadInput] with its place in the message.
  Parsed of(String text) {
    synchronized (known) {
      Parsed parsed = known.get(text);
      if (parsed != null) {
        return parsed;
      }
    }
    Expr expr = parse(text, dialect);
    Parsed parsed =
        new Parsed(
            text,
            expr,
            Planner.dependsOnQuery(expr)
                ? Optional.empty()
                : Optional.of(Planner.plan(expr, 0, 0, 0)));
    if (text.length() <= LONGEST) {
      synchronized (known) {
        known.put(text, parsed);
      }
    }
    return parsed;
  }

  /// In the whole language.
  static Expr parse(String text) {
    return parse(text, Dialect.FULL);
  }

  static Expr parse(String text, Dialect dialect) {
    try {
      return Parser.parse(text, dialect);
    } catch (BadInput e) {
      throw placed(text, e);
    }
  }

  static BadInput placed(String text, BadInput e) {
    return new BadInput(Span.place(text, e.offset()) + ": parse error: " + e.reason(), e.offset());
  }
}
