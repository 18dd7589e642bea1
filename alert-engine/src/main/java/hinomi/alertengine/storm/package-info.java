/// How much of it a person gets: a [Gate] counts what each target is told. Above a cap a storm has
/// begun for that target: messages are put into one [Bundled] of groups, summaries tell of it, and
/// only the first page of each cause still comes by itself.
@NullMarked
package hinomi.alertengine.storm;

import org.jspecify.annotations.NullMarked;
