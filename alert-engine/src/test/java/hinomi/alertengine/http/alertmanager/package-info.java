@NullMarked
package hinomi.alertengine.http.alertmanager;

import org.jspecify.annotations.NullMarked;
