/// What people do: declare, update, note, write the post-mortem, publish it.
@NullMarked
package hinomi.incidentrecords.manual;

import org.jspecify.annotations.NullMarked;
