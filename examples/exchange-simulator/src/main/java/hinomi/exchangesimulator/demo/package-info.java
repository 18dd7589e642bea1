/// The demonstration: starts the product and the exchange, breaks it, watches from outside, tells.
@NullMarked
package hinomi.exchangesimulator.demo;

import org.jspecify.annotations.NullMarked;
