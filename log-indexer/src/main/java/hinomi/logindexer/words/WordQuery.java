package hinomi.logindexer.words;

import hinomi.model.BadInput;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.ja.JapaneseTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/// A search for words, as people type it: all words must be in the line, in any order, whatever
/// their case and width; `"in quotes"` is one piece of text. A word is a run of letters and digits;
/// Japanese is cut by Kuromoji in search mode, in the query and in the line, so that 都 does not
/// find 京都. Safe for many threads.
public final class WordQuery {
  private static final int MAX_LENGTH = 1000;

  private final Set<String> words = new LinkedHashSet<>();
  private final List<String> phrases = new ArrayList<>();
  private final Set<String> japanese = new LinkedHashSet<>();

  public WordQuery(String query) {
    if (query.length() > MAX_LENGTH) {
      throw new BadInput("a word query has at most " + MAX_LENGTH + " characters", MAX_LENGTH);
    }
    String[] parts = query.split("\"", -1);
    if (parts.length % 2 == 0) {
      throw new BadInput("a quote is not closed", query.lastIndexOf('"'));
    }
    for (int i = 0; i < parts.length; i++) {
      if (i % 2 == 1 && !parts[i].isEmpty()) {
        phrases.add(Fold.fold(parts[i]));
      } else {
        collect(Fold.fold(parts[i]), true, words, japanese);
      }
    }
    if (words.isEmpty() && phrases.isEmpty() && japanese.isEmpty()) {
      throw new BadInput("no word to search for", 0);
    }
  }

  public List<Clue> clues() {
    Set<Clue> clues = new HashSet<>();
    words.forEach(word -> clues.addAll(BatchWords.clues(word, false, false)));
    japanese.forEach(word -> clues.addAll(BatchWords.clues(word, true, true)));
    phrases.forEach(phrase -> clues.addAll(BatchWords.clues(phrase, true, true)));
    return List.copyOf(clues);
  }

  public boolean matches(String line) {
    String folded = Fold.fold(line);
    // Cheap first: most lines lack the characters altogether.
    if (!holdsAll(folded, phrases) || !holdsAll(folded, words) || !holdsAll(folded, japanese)) {
      return false;
    }
    if (words.isEmpty() && japanese.isEmpty()) {
      return true;
    }
    Set<String> had = new HashSet<>();
    Set<String> hadJapanese = new HashSet<>();
    collect(folded, !japanese.isEmpty(), had, hadJapanese);
    return had.containsAll(words) && hadJapanese.containsAll(japanese);
  }

  private static boolean holdsAll(String folded, Collection<String> parts) {
    return parts.stream().allMatch(folded::contains);
  }

  /// Sorts the words of a text into plain ones and, where they are wanted, Japanese ones.
  private static void collect(
      String folded, boolean japaneseToo, Set<String> plain, Set<String> japanese) {
    char[] text = folded.toCharArray();
    Runs.cut(
        text,
        text.length,
        new Runs.Listener() {
          @Override
          public void letters(char[] all, int from, int to) {
            boolean after = from > 0 && Fold.kind(all[from - 1]) == Fold.Kind.DIGIT;
            boolean before = to < all.length && Fold.kind(all[to]) == Fold.Kind.DIGIT;
            if (!after && !before) {
              plain.add(new String(all, from, to - from));
            }
          }

          @Override
          public void dense(char[] all, int from, int to) {
            if (japaneseToo) {
              tokenize(new String(all, from, to - from), japanese);
            }
          }

          @Override
          public void token(char[] all, int from, int to) {
            plain.add(new String(all, from, to - from));
          }
        });
  }

  private static void tokenize(String run, Set<String> tokens) {
    try (JapaneseTokenizer tokenizer =
        new JapaneseTokenizer(null, true, true, JapaneseTokenizer.Mode.SEARCH)) {
      tokenizer.setReader(new StringReader(run));
      CharTermAttribute term = tokenizer.addAttribute(CharTermAttribute.class);
      tokenizer.reset();
      while (tokenizer.incrementToken()) {
        tokens.add(term.toString());
      }
      tokenizer.end();
    } catch (IOException e) {
      throw new IllegalStateException("BUG: a string reader failed", e);
    }
  }
}
