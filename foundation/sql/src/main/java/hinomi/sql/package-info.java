/// The records database: H2 in a file on one machine, PostgreSQL for a pair and beyond, with the
/// same SQL. [Database#write] is one transaction that is on disk when it returns.
@NullMarked
package hinomi.sql;

import org.jspecify.annotations.NullMarked;
