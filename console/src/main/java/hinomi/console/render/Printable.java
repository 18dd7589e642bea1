package hinomi.console.render;

/// Makes a page fit to be sent, whatever stands on it: log lines hold anything.
final class Printable {
  private Printable() {}

  /// What XML 1.0 (section 2.2) does not allow becomes U+FFFD.
  static String of(String html) {
    StringBuilder out = new StringBuilder(html.length());
    for (int i = 0; i < html.length(); i++) {
      char c = html.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < html.length()
          && Character.isLowSurrogate(html.charAt(i + 1))) {
        out.append(c).append(html.charAt(++i));
      } else {
        out.append(allowed(c) ? c : '\uFFFD');
      }
    }
    return out.toString();
  }

  private static boolean allowed(char c) {
    return c == '\n'
        || c == '\t'
        || c == '\r'
        || (c >= ' ' && !Character.isSurrogate(c) && c != '\uFFFE' && c != '\uFFFF');
  }
}
