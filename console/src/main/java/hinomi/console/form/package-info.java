/// What people type, read with every mistake at once.
@NullMarked
package hinomi.console.form;

import org.jspecify.annotations.NullMarked;
