package hinomi.promql;

import hinomi.model.BadInput;
import hinomi.promql.parse.Signatures;
import hinomi.settings.DidYouMean;
import hinomi.settings.Durations;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Guesses what was meant by an expression that does not parse: a function by its letters, a
/// duration by the word for its unit. For people who write rules; the API says what Prometheus
/// says.
final class Suggestion {
  private static final Pattern FUNCTION = Pattern.compile("unknown function with name \"(.*)\"");
  private static final Pattern WORD = Pattern.compile("\\d[\\w.]*(?: +(?i:ms|s|m|h|d|w|y)[a-z]*)?");

  private static final Pattern OF_TIME = Pattern.compile("duration|number|unexpected character");

  private Suggestion() {}

  /// `, did you mean "x"?`, or nothing.
  static String of(String text, BadInput mistake) {
    Matcher function = FUNCTION.matcher(mistake.reason());
    if (function.find()) {
      return DidYouMean.hint(function.group(1), Signatures.names());
    }
    Matcher word = WORD.matcher(text).region(numberBefore(text, mistake.offset()), text.length());
    boolean ofTime = OF_TIME.matcher(mistake.reason()).find();
    if (ofTime && word.lookingAt() && Durations.parse(word.group()).isEmpty()) {
      return Durations.hint(word.group());
    }
    return "";
  }

  /// Where the number begins that ends at a place, blanks between; or the place itself.
  private static int numberBefore(String text, int offset) {
    int at = Math.clamp(offset, 0, text.length());
    int begin = at;
    while (begin > 0 && text.charAt(begin - 1) == ' ') {
      begin--;
    }
    int end = begin;
    while (begin > 0 && Character.isDigit(text.charAt(begin - 1))) {
      begin--;
    }
    return begin < end ? begin : at;
  }
}
