/// Traders that are always there: they quote around a wandering price and take from each other.
@NullMarked
package hinomi.exchangesimulator.flow;

import org.jspecify.annotations.NullMarked;
