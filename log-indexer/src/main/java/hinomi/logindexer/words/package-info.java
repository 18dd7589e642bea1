/// What a line is made of, and what a query says must be in a batch. Text is folded character by
/// character ([hinomi.logindexer.words.Fold]) and cut into runs of letters, digits and Japanese;
/// the runs of a batch become terms (letters whole, Japanese as bigrams) and a Bloom filter (tokens
/// with digits: ids would bloat a term dictionary). A query's literals become
/// [hinomi.logindexer.words.Clue]s over the same runs: what every matching batch must have. Clues
/// only ever rule out; the lines decide.
///
/// Kuromoji cuts Japanese into words, at search time only and only in lines that hold the
/// characters: it reads about a megabyte a second, too little for the way in.
@NullMarked
package hinomi.logindexer.words;

import org.jspecify.annotations.NullMarked;
