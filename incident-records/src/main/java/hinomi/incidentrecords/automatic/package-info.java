/// What happens without a person: alerts open incidents, and write the first updates.
@NullMarked
package hinomi.incidentrecords.automatic;

import org.jspecify.annotations.NullMarked;
