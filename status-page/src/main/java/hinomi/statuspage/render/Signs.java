package hinomi.statuspage.render;

import hinomi.model.Condition;
import hinomi.statuspage.snapshot.Overall;

/// The signs of the three conditions. They differ in shape as well as in colour: a disc with a
/// tick, a triangle with an exclamation mark, an open dashed ring with a question mark. Decoration
/// only: the words stand beside them.
final class Signs {
  private static final String OPEN =
      "<svg class=\"sign\" viewBox=\"0 0 24 24\" aria-hidden=\"true\" focusable=\"false\">";

  private Signs() {}

  static String of(Condition condition) {
    String shape =
        switch (condition) {
          case UP ->
              "<circle class=\"s-fill\" cx=\"12\" cy=\"12\" r=\"11\"/>"
                  + "<path class=\"s-mark\" d=\"M6.8 12.6l3.5 3.5 7-7.6\"/>";
          case DOWN ->
              "<path class=\"s-fill\" d=\"M12 1.6c.7 0 1.3.4 1.7 1l9.3 16.9c.7 1.3-.2 2.9-1.7 2.9"
                  + "H2.7C1.2 22.4.3 20.8 1 19.5L10.3 2.6c.4-.6 1-1 1.7-1z\"/>"
                  + "<path class=\"s-mark\" d=\"M12 8.4v6.2M12 18.3v.2\"/>";
          case UNKNOWN ->
              "<circle class=\"s-ring\" cx=\"12\" cy=\"12\" r=\"10\"/>"
                  + "<path class=\"s-query\" d=\"M9.2 9.4c.1-1.6 1.3-2.6 2.9-2.6 1.6 0"
                  + " 2.8 1 2.8 2.5 0 2.3-2.9 2.3-2.9 4.6M12 17.2v.2\"/>";
        };
    return OPEN + shape + "</svg>";
  }

  /// The condition whose sign and colour an overall statement wears.
  static Condition tone(Overall overall) {
    return switch (overall) {
      case UP, WATCHING -> Condition.UP;
      case PARTLY_DOWN, DOWN -> Condition.DOWN;
      case PARTLY_UNKNOWN, UNKNOWN -> Condition.UNKNOWN;
    };
  }
}
