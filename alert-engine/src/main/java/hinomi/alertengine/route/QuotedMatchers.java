package hinomi.alertengine.route;

import hinomi.model.BadInput;
import hinomi.model.Matcher;
import hinomi.model.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The grammar of Alertmanager ≥ 0.27 (Alertmanager, matcher/parse): names and values are words or
/// texts in double quotes with Go's escapes. One use.
///
/// ```
/// matchers = "{" [ list ] "}" | [ list ]
/// list     = matcher { "," matcher } [ "," ]
/// matcher  = text ( "=" | "!=" | "=~" | "!~" ) text
/// ```
final class QuotedMatchers {
  /// What ends a word that stands without quotes.
  private static final String RESERVED = "{}!=~,\\\"'`";

  private static final Set<String> OPERATORS = Set.of("=", "!=", "=~", "!~");

  private final String text;
  private int at;

  QuotedMatchers(String text) {
    this.text = text;
  }

  List<Matcher> all() {
    skipSpace();
    boolean braces = take('{');
    List<Matcher> matchers = new ArrayList<>();
    skipSpace();
    while (at < text.length() && text.charAt(at) != '}') {
      matchers.add(matcher());
      skipSpace();
      if (!take(',')) {
        if (at < text.length() && text.charAt(at) != '}') {
          throw braces ? wrong("「,」または「}」", "a comma or close brace") : wrong("「,」", "a comma");
        }
        break;
      }
      skipSpace();
    }
    boolean closed = take('}');
    if (closed && !braces) {
      throw new BadInput(new Text("}: 「{」がありません", "}: expected opening brace"), at - 1);
    }
    if (braces && !closed) {
      throw wrong("「}」", "close brace");
    }
    skipSpace();
    if (at < text.length()) {
      throw wrong("ここで終わること", "end of input");
    }
    return List.copyOf(matchers);
  }

  private Matcher matcher() {
    int began = at;
    String name = word("ラベル名", "label name");
    skipSpace();
    Matcher.Kind kind = operator();
    if (at < text.length() && text.charAt(at) == '=' && kind == Matcher.Kind.EQUAL) {
      throw wrong("値。「==」ではなく「=」と書きます", "label value, did you mean \"=\"?");
    }
    skipSpace();
    String value = word("値", "label value");
    try {
      return new Matcher(kind, name, value);
    } catch (BadInput e) {
      throw new BadInput(e.words(), began);
    }
  }

  private Matcher.Kind operator() {
    for (int length = 2; length > 0; length--) {
      if (at + length <= text.length() && OPERATORS.contains(text.substring(at, at + length))) {
        String sign = text.substring(at, at + length);
        at += length;
        for (Matcher.Kind kind : Matcher.Kind.values()) {
          if (kind.sign().equals(sign)) {
            return kind;
          }
        }
      }
    }
    throw wrong("演算子 =、!=、=~、!~ のどれか", "an operator such as '=', '!=', '=~' or '!~'");
  }

  private String word(String japanese, String english) {
    if (at < text.length() && text.charAt(at) == '"') {
      GoText quoted = GoText.read(text, at);
      at = quoted.end();
      return quoted.value();
    }
    int began = at;
    while (at < text.length() && !isReserved(text.codePointAt(at))) {
      at += Character.charCount(text.codePointAt(at));
    }
    if (at == began) {
      throw wrong(japanese, english);
    }
    return text.substring(began, at);
  }

  private static boolean isReserved(int letter) {
    return Character.isWhitespace(letter) || RESERVED.indexOf(letter) >= 0;
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private boolean take(char wanted) {
    if (at < text.length() && text.charAt(at) == wanted) {
      at++;
      return true;
    }
    return false;
  }

  /// @param japanese what was expected
  /// @param english likewise
  private BadInput wrong(String japanese, String english) {
    String found = at < text.length() ? text.substring(at, text.offsetByCodePoints(at, 1)) : "";
    return new BadInput(
        new Text(
            (found.isEmpty() ? "ここで終わっています" : "「" + found + "」は置けません") + "。必要なもの: " + japanese,
            (found.isEmpty() ? "end of input" : "unexpected " + found) + ": expected " + english),
        at);
  }
}
