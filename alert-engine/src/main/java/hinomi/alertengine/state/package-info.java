/// What a query's answer does to a rule's alerts: [AlertStates] is a pure function from the alerts
/// before and the elements now to the alerts after and what changed.
@NullMarked
package hinomi.alertengine.state;

import org.jspecify.annotations.NullMarked;
