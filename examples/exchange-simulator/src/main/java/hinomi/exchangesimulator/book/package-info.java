/// Orders rest and match: price first, then time. One thread owns the book.
@NullMarked
package hinomi.exchangesimulator.book;

import org.jspecify.annotations.NullMarked;
