/// What each source claimed, in memory and in SQL.
@NullMarked
package hinomi.servicelevels.ledger;

import org.jspecify.annotations.NullMarked;
