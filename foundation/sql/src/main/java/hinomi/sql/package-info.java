/// The records database: SQLite in a file on one machine. [hinomi.sql.Database#write] is one
/// transaction that is on disk when it returns.
@NullMarked
package hinomi.sql;

import org.jspecify.annotations.NullMarked;
