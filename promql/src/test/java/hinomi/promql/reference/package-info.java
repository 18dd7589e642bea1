/// A second evaluator of PromQL, written from the language's description alone and as plainly as
/// can be: it computes one time after the other and shares nothing with the product but the parser.
/// Slow; it is what the product is compared with.
@NullMarked
package hinomi.promql.reference;

import org.jspecify.annotations.NullMarked;
