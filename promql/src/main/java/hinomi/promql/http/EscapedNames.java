package hinomi.promql.http;

/// Label names in URLs: one that begins with `U__` is escaped (`U__http_2e_status` is
/// `http.status`), by Prometheus' scheme "values" (docs: UTF-8 in Prometheus).
final class EscapedNames {
  private static final String MARK = "U__";

  private EscapedNames() {}

  static String unescape(String name) {
    if (!name.startsWith(MARK)) {
      return name;
    }
    StringBuilder out = new StringBuilder();
    int i = MARK.length();
    while (i < name.length()) {
      char c = name.charAt(i);
      if (c != '_') {
        out.append(c);
        i++;
        continue;
      }
      int end = name.indexOf('_', i + 1);
      if (end == i + 1) {
        out.append('_');
      } else if (end > 0 && name.substring(i + 1, end).matches("[0-9a-fA-F]{1,5}")) {
        out.appendCodePoint(Integer.parseInt(name.substring(i + 1, end), 16));
      } else {
        return name; // not escaped after all
      }
      i = end + 1;
    }
    return out.toString();
  }
}
