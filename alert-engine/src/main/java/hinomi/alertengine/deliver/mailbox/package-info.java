/// A mailbox in the file system, for as long as no mail server is configured.
@NullMarked
package hinomi.alertengine.deliver.mailbox;

import org.jspecify.annotations.NullMarked;
