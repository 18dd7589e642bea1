/// Orders come in: over HTTP or from the traders of the flow; checked, timed, handed to the book.
@NullMarked
package hinomi.exchangesimulator.gateway;

import org.jspecify.annotations.NullMarked;
