/// The demonstration's own eyes.
@NullMarked
package hinomi.exchangesimulator.demo;

import org.jspecify.annotations.NullMarked;
