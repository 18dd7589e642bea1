@NullMarked
package hinomi.alertengine.http;

import org.jspecify.annotations.NullMarked;
