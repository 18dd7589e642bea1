/// The few steps on which durability rests, for every module that keeps files: names that survive a
/// power loss ([Durably]) and a directory that belongs to one process ([DirectoryLock]). What
/// stands in the files (frames, checksums, formats) is their writers' own.
@NullMarked
package hinomi.disk;

import org.jspecify.annotations.NullMarked;
