/// Rosters: the schedules of `config/oncall/*.yaml`, read with every mistake at its place. The same
/// files name people, channels and ladders, which are others' to read; of the people this module
/// takes ids and names.
@NullMarked
package hinomi.oncall.roster;

import org.jspecify.annotations.NullMarked;
