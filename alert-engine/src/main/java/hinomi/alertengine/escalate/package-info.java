/// Who is told next, and when: [Escalation] decides, purely; [Pager] keeps the open groups, asks it
/// at every due time, and writes what follows.
@NullMarked
package hinomi.alertengine.escalate;

import org.jspecify.annotations.NullMarked;
