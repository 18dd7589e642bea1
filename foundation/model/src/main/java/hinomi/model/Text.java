package hinomi.model;

/// A public text in both languages. Where only one was given, it stands for both.
public record Text(String ja, String en) {
  public static Text same(String text) {
    return new Text(text, text);
  }

  public String in(Language language) {
    return switch (language) {
      case JA -> ja.isEmpty() ? en : ja;
      case EN -> en.isEmpty() ? ja : en;
    };
  }

  public boolean isEmpty() {
    return ja.isEmpty() && en.isEmpty();
  }
}
