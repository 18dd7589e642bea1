/// The rows: incidents, their alerts, public updates and internal timeline.
@NullMarked
package hinomi.incidentrecords.record;

import org.jspecify.annotations.NullMarked;
