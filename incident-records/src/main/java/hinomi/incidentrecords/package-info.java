/// Incidents from their first alert to the published post-mortem: `automatic` turns alerts into
/// incidents and public updates, `manual` is what people do to them, `record` keeps everything in
/// SQL, `postmortem` drafts what a person publishes, `http` is where people act. [IncidentRecords]
/// is the way in.
///
/// Times of beginning and end are measured, never clicked: an incident begins when its first
/// alert's expression became true and ends when its last alert ended.
@NullMarked
package hinomi.incidentrecords;

import org.jspecify.annotations.NullMarked;
