package hinomi.promql.evaluate;

/// The order of label values that a reader expects: `node2` before `node10`.
final class NaturalOrder {
  private NaturalOrder() {}

  static int compare(String one, String other) {
    int i = 0;
    int j = 0;
    while (i < one.length() && j < other.length()) {
      int endI = chunk(one, i);
      int endJ = chunk(other, j);
      String a = one.substring(i, endI);
      String b = other.substring(j, endJ);
      boolean numbers = isDigit(a.charAt(0)) && isDigit(b.charAt(0));
      int order = numbers ? number(a, b) : a.compareTo(b);
      if (order != 0) {
        return order;
      }
      i = endI;
      j = endJ;
    }
    return Integer.compare(one.length() - i, other.length() - j);
  }

  private static int number(String a, String b) {
    String x = a.replaceFirst("^0+(?=.)", "");
    String y = b.replaceFirst("^0+(?=.)", "");
    return x.length() != y.length() ? Integer.compare(x.length(), y.length()) : x.compareTo(y);
  }

  private static int chunk(String text, int from) {
    boolean digits = isDigit(text.charAt(from));
    int to = from + 1;
    while (to < text.length() && isDigit(text.charAt(to)) == digits) {
      to++;
    }
    return to;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
