@NullMarked
package hinomi.agent.backfill;

import org.jspecify.annotations.NullMarked;
