/// Drafts from the timeline, versions, and what was published.
@NullMarked
package hinomi.incidentrecords.postmortem;

import org.jspecify.annotations.NullMarked;
