/// Tests of parser and printer.
@NullMarked
package hinomi.promql.parse;

import org.jspecify.annotations.NullMarked;
