package hinomi.statuspage.render;

import hinomi.model.Condition;
import hinomi.statuspage.snapshot.Node;

/// A component's condition as a small picture for other people's pages. Attributes only, no style
/// sheet: it must look right wherever it is embedded.
final class Badge {
  private static final int HEIGHT = 22;

  private Badge() {}

  static String svg(Node node, Phrases phrases) {
    String name = cut(phrases.of(node.status().name()));
    String word = mark(node.condition()) + " " + phrases.say(Keys.of("badge", node.condition()));
    int left = width(name) + 16;
    int width = left + width(word) + 16;
    String label = Markup.escape(phrases.of(node.status().name()) + ": " + word.substring(2));
    return """
    <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" role="img" aria-label="%3$s">\
    <title>%3$s</title><clipPath id="c"><rect width="%1$d" height="%2$d" rx="4"/></clipPath>\
    <g clip-path="url(#c)"><rect width="%4$d" height="%2$d" fill="#2b3138"/>\
    <rect x="%4$d" width="%5$d" height="%2$d" fill="%6$s"/></g>\
    <g fill="#fff" font-family="system-ui,'Hiragino Sans','Yu Gothic UI',Meiryo,'Noto Sans JP','Noto Sans CJK JP',sans-serif" font-size="12" text-anchor="middle">\
    <text x="%7$d" y="15.5">%8$s</text><text x="%9$d" y="15.5" font-weight="600">%10$s</text></g></svg>
    """
        .formatted(
            width,
            HEIGHT,
            label,
            left,
            width - left,
            colour(node.condition()),
            left / 2,
            Markup.escape(name),
            left + (width - left) / 2,
            Markup.escape(word));
  }

  private static String mark(Condition condition) {
    return switch (condition) {
      case UP -> "✓";
      case DOWN -> "▲";
      case UNKNOWN -> "?";
    };
  }

  private static String colour(Condition condition) {
    return switch (condition) {
      case UP -> "#0f6b3f";
      case DOWN -> "#b3261e";
      case UNKNOWN -> "#56606d";
    };
  }

  private static String cut(String name) {
    return name.codePointCount(0, name.length()) <= 40
        ? name
        : name.substring(0, name.offsetByCodePoints(0, 39)) + "…";
  }

  /// About how wide a text is in pixels at 12 px: full for CJK, about 7 for the rest.
  private static int width(String text) {
    return text.codePoints().map(c -> c >= 0x2E80 || c == '▲' || c == '✓' ? 12 : 7).sum();
  }
}
