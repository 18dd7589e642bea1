@NullMarked
package hinomi.console.form;

import org.jspecify.annotations.NullMarked;
