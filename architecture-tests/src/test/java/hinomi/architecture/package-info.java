/// The house rules, executed: which module may know which, where a third party may be seen, where
/// the clock may be read, how long a class may be, how the code is formatted.
@NullMarked
package hinomi.architecture;

import org.jspecify.annotations.NullMarked;
