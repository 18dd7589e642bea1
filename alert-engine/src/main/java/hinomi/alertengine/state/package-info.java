/// What a query's answer does to a rule's alerts: [AlertStates] is a pure function from the alerts
/// before and the elements now to the alerts after and what changed; [RuleStates] puts beside it
/// what is done when a rule cannot be judged, or need not be, given a [Finding].
@NullMarked
package hinomi.alertengine.state;

import org.jspecify.annotations.NullMarked;
