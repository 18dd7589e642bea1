/// YAML becomes typed records, and every mistake is reported with its line: a file is read into a
/// [Section], which collects [Mistake]s instead of stopping at the first.
@NullMarked
package hinomi.settings;

import org.jspecify.annotations.NullMarked;
