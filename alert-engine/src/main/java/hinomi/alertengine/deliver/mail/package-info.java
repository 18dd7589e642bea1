/// Mails in the reader's language, as text and as simple HTML, one thread a group.
@NullMarked
package hinomi.alertengine.deliver.mail;

import org.jspecify.annotations.NullMarked;
