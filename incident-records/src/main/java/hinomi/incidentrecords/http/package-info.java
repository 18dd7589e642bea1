/// The people's actions: `/api/hinomi/v1/incidents`.
@NullMarked
package hinomi.incidentrecords.http;

import org.jspecify.annotations.NullMarked;
