/// Webhooks in the form of Alertmanager's version 4.
@NullMarked
package hinomi.alertengine.deliver.webhook;

import org.jspecify.annotations.NullMarked;
