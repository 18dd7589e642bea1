@NullMarked
package hinomi.alertengine.template;

import org.jspecify.annotations.NullMarked;
