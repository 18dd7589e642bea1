@NullMarked
package hinomi.alertengine.rule;

import org.jspecify.annotations.NullMarked;
