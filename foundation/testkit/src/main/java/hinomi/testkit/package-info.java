/// Tools of the tests: time that is moved by hand, specifications in plain text, laws over seeds.
@NullMarked
package hinomi.testkit;

import org.jspecify.annotations.NullMarked;
