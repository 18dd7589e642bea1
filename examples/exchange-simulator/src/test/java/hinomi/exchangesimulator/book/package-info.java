@NullMarked
package hinomi.exchangesimulator.book;

import org.jspecify.annotations.NullMarked;
