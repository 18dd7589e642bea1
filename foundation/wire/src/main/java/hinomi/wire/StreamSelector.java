package hinomi.wire;

import hinomi.model.BadInput;
import hinomi.model.Labels;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The labels of a stream as Loki's protobuf push writes them: a LogQL selector with equalities
/// alone, `{job="api", path="C:\\x"}`, with Go's string escapes. One use.
final class StreamSelector {
  private static final Pattern PAIR =
      Pattern.compile("\\s*([a-zA-Z_][a-zA-Z0-9_]*)\\s*=\\s*\"((?:[^\"\\\\]|\\\\.)*+)\"\\s*");
  private static final Pattern ESCAPE =
      Pattern.compile("\\\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))");

  private final String text;

  StreamSelector(String text) {
    this.text = text.strip();
  }

  Labels read() {
    if (!text.startsWith("{") || !text.endsWith("}") || text.length() < 2) {
      throw wrong(0);
    }
    Labels.Builder labels = Labels.builder();
    Matcher pair = PAIR.matcher(text).region(1, text.length() - 1);
    int at = 1;
    while (pair.lookingAt()) {
      labels.add(pair.group(1), unescaped(pair.group(2)));
      at = pair.end();
      if (text.charAt(at) != ',') {
        break;
      }
      at++;
      pair.region(at, text.length() - 1);
    }
    if (!text.substring(at, text.length() - 1).isBlank()) {
      throw wrong(at);
    }
    return labels.build();
  }

  private String unescaped(String quoted) {
    return ESCAPE
        .matcher(quoted)
        .replaceAll(escape -> {
          for (int group = 1; group <= 3; group++) {
            String digits = escape.group(group);
            if (digits != null) {
              int point = Integer.parseUnsignedInt(digits, 16);
              if (!Character.isValidCodePoint(point)) {
                throw wrong(0);
              }
              return Matcher.quoteReplacement(Character.toString(point));
            }
          }
          return Matcher.quoteReplacement(
              switch (escape.group(4)) {
                case "n" -> "\n";
                case "t" -> "\t";
                case "r" -> "\r";
                case "\"" -> "\"";
                case "\\" -> "\\";
                default -> throw wrong(0);
              });
        });
  }

  private BadInput wrong(int offset) {
    String shown = text.length() > 100 ? text.substring(0, 100) + "…" : text;
    return new BadInput("not the labels of a stream: " + shown, offset);
  }
}
