package hinomi.logindexer.words;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Collects the terms and tokens of a batch, line by line, and tells what a literal's clues are:
/// both sides of one rule, kept together so that they stay one. One thread.
///
/// * letters: runs of [#MIN_LETTERS] and more, whole; from 65 on in pieces of 64 that overlap by
///   half, so that any 32 characters lie in one piece
/// * dense script: each two neighbours; a lone character alone
/// * letters and digits mixed: into the token filter
public final class BatchWords {
  static final int MIN_LETTERS = 3;
  private static final int PIECE = 64;
  static final int PART = PIECE / 2;

  private final TermTable terms = new TermTable();
  private long[] tokens = new long[256];
  private int tokenCount;
  private char[] folded = new char[1024];

  private final Runs.Listener collect =
      new Runs.Listener() {
        @Override
        public void letters(char[] text, int from, int to) {
          if (to - from < MIN_LETTERS) {
            return;
          }
          int at = from;
          while (to - at > PIECE) {
            terms.add(text, at, at + PIECE);
            at += PART;
          }
          terms.add(text, at, to);
        }

        @Override
        public void dense(char[] text, int from, int to) {
          if (to - from == 1) {
            terms.add(text, from, to);
          }
          for (int i = from; i + 1 < to; i++) {
            terms.add(text, i, i + 2);
          }
        }

        @Override
        public void token(char[] text, int from, int to) {
          if (tokenCount == tokens.length) {
            tokens = Arrays.copyOf(tokens, tokenCount * 2);
          }
          tokens[tokenCount++] = hash(text, from, to);
        }
      };

  public void add(String line) {
    int length = line.length();
    if (folded.length < length) {
      folded = new char[Math.max(length, folded.length * 2)];
    }
    for (int i = 0; i < length; i++) {
      folded[i] = Fold.fold(line.charAt(i));
    }
    Runs.cut(folded, length, collect);
  }

  /// The terms, each once, in no order.
  public List<String> terms() {
    return terms.texts();
  }

  /// The filter of the tokens with digits.
  public byte[] tokenFilter() {
    return TokenFilter.of(Arrays.copyOf(tokens, tokenCount));
  }

  /// What a batch must have in which some line holds this literal.
  ///
  /// @param openLeft whether the text may go on before the literal without a border
  /// @param openRight the same after it
  public static List<Clue> clues(String literal, boolean openLeft, boolean openRight) {
    char[] text = Fold.fold(literal).toCharArray();
    Set<Clue> clues = new HashSet<>();
    Runs.cut(text, text.length, new Clues(clues, openLeft, openRight));
    return List.copyOf(clues);
  }

  private record Clues(Set<Clue> found, boolean openLeft, boolean openRight)
      implements Runs.Listener {
    private boolean whole(char[] text, int from, int to) {
      return !(from == 0 && openLeft) && !(to == text.length && openRight);
    }

    @Override
    public void letters(char[] text, int from, int to) {
      int length = to - from;
      if (length < MIN_LETTERS) {
        return;
      }
      if (whole(text, from, to) && length <= PIECE) {
        found.add(new Clue.Term(new String(text, from, length)));
      } else {
        found.add(new Clue.Part(new String(text, from, Math.min(length, PART))));
      }
    }

    @Override
    public void dense(char[] text, int from, int to) {
      if (to - from == 1) {
        String one = String.valueOf(text[from]);
        found.add(whole(text, from, to) ? new Clue.Term(one) : new Clue.Part(one));
      }
      for (int i = from; i + 1 < to; i++) {
        found.add(new Clue.Term(new String(text, i, 2)));
      }
    }

    @Override
    public void token(char[] text, int from, int to) {
      if (whole(text, from, to)) {
        found.add(new Clue.Token(hash(text, from, to)));
      }
    }
  }

  /// FNV-1a with a final mix; part of the format, for filters on disk hold it.
  private static long hash(char[] text, int from, int to) {
    long h = 0xcbf29ce484222325L;
    for (int i = from; i < to; i++) {
      h = (h ^ text[i]) * 0x100000001b3L;
    }
    h = (h ^ (h >>> 32)) * 0x9E3779B97F4A7C15L;
    return h ^ (h >>> 29);
  }
}
