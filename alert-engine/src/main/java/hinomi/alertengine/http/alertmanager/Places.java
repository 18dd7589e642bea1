package hinomi.alertengine.http.alertmanager;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import hinomi.settings.Mistake;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/// Where the values of a JSON body stand, so that a mistake is shown with a caret below it.
///
/// @param text the whole body
/// @param offsets of values by their path, such as `matchers.0.value`
record Places(String text, Map<String, Integer> offsets) {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int BEFORE = 60;
  private static final int SHOWN = 100;

  static Places of(String text) {
    Map<String, Integer> offsets = new HashMap<>();
    try (JsonParser parser = JSON.createParser(text)) {
      while (parser.nextToken() != null) {
        String path = parser.getParsingContext().pathAsPointer().toString();
        if (!parser.currentToken().isStructEnd()) {
          offsets.put(
              path.isEmpty() ? "" : path.substring(1).replace('/', '.'),
              Math.toIntExact(parser.currentTokenLocation().getCharOffset()));
        }
      }
    } catch (IOException e) {
      return new Places(text, offsets); // Up to where it can be read.
    }
    return new Places(text, offsets);
  }

  /// Words with the place of a value.
  String shown(String path, String words) {
    Integer offset = offsets.get(path);
    return offset == null ? words : shown(offset, words);
  }

  /// Words with a place as a parser tells it.
  String shown(JsonLocation location, String words) {
    long offset = location.getCharOffset();
    return shown(offset < 0 ? text.length() : Math.toIntExact(offset), words);
  }

  private String shown(int offset, String words) {
    int at = Math.min(offset, text.length());
    int begin = text.lastIndexOf('\n', at - 1) + 1;
    int end = text.indexOf('\n', at);
    int line = 1 + (int) text.substring(0, begin).chars().filter(letter -> letter == '\n').count();
    int column = at - begin + 1;
    // Programs write all in one line: what stands around the place is enough.
    int from = Math.max(begin, at - BEFORE);
    int to = Math.min(end < 0 ? text.length() : end, from + SHOWN);
    String drawn = new Mistake("", 1, at - from + 1, "", text.substring(from, to)).shown();
    int below = drawn.indexOf('\n');
    return words + " at " + line + ":" + column + (below < 0 ? "" : drawn.substring(below));
  }
}
