package hinomi.logindexer.words;

/// Folds characters for the index: lower case, full-width ASCII to ASCII. One character in, one
/// out, whatever its neighbours, so that a part of a text folds to a part of the folded text.
final class Fold {
  /// What a folded character belongs to.
  enum Kind {
    LETTER,
    DIGIT,
    /// Scripts written without spaces: kana, han, and hangul.
    DENSE,
    OTHER
  }

  private Fold() {}

  static char fold(char c) {
    if (c < 0x80) {
      return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
    }
    if (c >= 0xFF01 && c <= 0xFF5E) {
      return fold((char) (c - 0xFEE0));
    }
    return switch (c) {
      case 0x212A -> 'k'; // Kelvin, which (?i) takes for k
      case 0x017F -> 's'; // long s, which (?i) takes for s
      default -> Character.toLowerCase(c);
    };
  }

  static String fold(String text) {
    char[] folded = new char[text.length()];
    for (int i = 0; i < folded.length; i++) {
      folded[i] = fold(text.charAt(i));
    }
    return new String(folded);
  }

  static Kind kind(char folded) {
    if (folded < 0x80) {
      if (folded >= 'a' && folded <= 'z') {
        return Kind.LETTER;
      }
      return folded >= '0' && folded <= '9' ? Kind.DIGIT : Kind.OTHER;
    }
    if (isDense(folded)) {
      return Kind.DENSE;
    }
    if (Character.isLetter(folded)) {
      return Kind.LETTER;
    }
    return Character.isDigit(folded) ? Kind.DIGIT : Kind.OTHER;
  }

  private static boolean isDense(char c) {
    return (c >= 0x3041 && c <= 0x30FF && c != 0x30FB) // kana without the middle dot
        || c == 0x3005 // 々
        || (c >= 0x3400 && c <= 0x9FFF)
        || (c >= 0xAC00 && c <= 0xD7A3)
        || (c >= 0xF900 && c <= 0xFAFF)
        || (c >= 0xFF66 && c <= 0xFF9F);
  }
}
