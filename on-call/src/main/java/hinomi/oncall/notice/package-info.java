/// What people are told about their duty: that it begins, and that it ends.
@NullMarked
package hinomi.oncall.notice;

import org.jspecify.annotations.NullMarked;
