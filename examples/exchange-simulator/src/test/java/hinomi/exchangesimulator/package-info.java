@NullMarked
package hinomi.exchangesimulator;

import org.jspecify.annotations.NullMarked;
