/// What survives a restart: alerts, groups and the outbox, in the records database. One
/// [AlertJournal#commit] is one transaction, so that no alert fires without its page in the outbox.
@NullMarked
package hinomi.alertengine.journal;

import org.jspecify.annotations.NullMarked;
