/// LogQL, the part that dashboards use: stream selectors, line filters, filters on labels and
/// metadata, counts and rates over ranges, aggregations, arithmetic. What is not spoken is refused
/// by name and place, never guessed. Path: text → `Lexer` → `Parser` →
/// [hinomi.logindexer.logql.Expr] → `Evaluator`. Reference: Loki's documentation, "LogQL: Log query
/// language".
@NullMarked
package hinomi.logindexer.logql;

import org.jspecify.annotations.NullMarked;
