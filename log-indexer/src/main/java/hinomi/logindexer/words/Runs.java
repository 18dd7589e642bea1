package hinomi.logindexer.words;

import hinomi.logindexer.words.Fold.Kind;

/// Cuts folded text into its maximal runs. A run of letters and a run of dense script are told as
/// such; a run of letters and digits that has a digit is told as a token too.
final class Runs {
  private Runs() {}

  /// Hears of runs: positions are into the folded text.
  interface Listener {
    void letters(char[] text, int from, int to);

    void dense(char[] text, int from, int to);

    void token(char[] text, int from, int to);
  }

  static void cut(char[] text, int length, Listener listener) {
    int at = 0;
    while (at < length) {
      at =
          switch (Fold.kind(text[at])) {
            case LETTER, DIGIT -> alphanumeric(text, at, length, listener);
            case DENSE -> dense(text, at, length, listener);
            case OTHER -> at + 1;
          };
    }
  }

  private static int alphanumeric(char[] text, int from, int length, Listener listener) {
    boolean digits = false;
    int at = from;
    int letters = -1;
    while (at < length) {
      Kind kind = Fold.kind(text[at]);
      if (kind == Kind.LETTER) {
        letters = letters < 0 ? at : letters;
      } else {
        if (letters >= 0) {
          listener.letters(text, letters, at);
          letters = -1;
        }
        if (kind != Kind.DIGIT) {
          break;
        }
        digits = true;
      }
      at++;
    }
    if (letters >= 0) {
      listener.letters(text, letters, at);
    }
    if (digits) {
      listener.token(text, from, at);
    }
    return at;
  }

  private static int dense(char[] text, int from, int length, Listener listener) {
    int at = from;
    while (at < length && Fold.kind(text[at]) == Kind.DENSE) {
      at++;
    }
    listener.dense(text, from, at);
    return at;
  }
}
