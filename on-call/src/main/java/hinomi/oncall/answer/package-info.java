/// Answers: who is on duty, and why. [hinomi.oncall.answer.Timeline] lays the layers of a schedule
/// over each other, the fallback below them and the changes above, and keeps the result by
/// stretches of thirty days.
@NullMarked
package hinomi.oncall.answer;

import org.jspecify.annotations.NullMarked;
