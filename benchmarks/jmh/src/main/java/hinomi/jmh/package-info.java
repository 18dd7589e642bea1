/// The hot pieces of the path alone, under JMH (openjdk.org/projects/code-tools/jmh): what a byte
/// costs on its way in and a sample on its way out. `benchmarks/README.md` tells how to read them.
@NullMarked
package hinomi.jmh;

import org.jspecify.annotations.NullMarked;
