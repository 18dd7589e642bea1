/// Text → tree: [hinomi.promql.parse.Lexer] makes tokens, [hinomi.promql.parse.Parser] an
/// [hinomi.promql.parse.Expr], [hinomi.promql.parse.TypeCheck] refuses what has no meaning, and
/// [hinomi.promql.parse.Printer] writes a tree as text again.
@NullMarked
package hinomi.promql.parse;

import org.jspecify.annotations.NullMarked;
