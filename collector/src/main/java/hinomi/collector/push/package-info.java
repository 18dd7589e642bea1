/// Values pushed in the Pushgateway's way, for jobs that end before anybody could ask them:
/// [PushedGroups] keeps each group, repeats its values so that queries see them, and ends them with
/// staleness markers; `GroupFiles` keeps them over a restart.
@NullMarked
package hinomi.collector.push;

import org.jspecify.annotations.NullMarked;
