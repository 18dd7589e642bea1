/// Gets messages out: the [Outbox] claims what is due, a [Courier] tries once, and what happened is
/// written down. Each way out has a folder of its own: mail, webhook, mailbox.
@NullMarked
package hinomi.alertengine.deliver;

import org.jspecify.annotations.NullMarked;
