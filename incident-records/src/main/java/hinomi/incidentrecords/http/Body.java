package hinomi.incidentrecords.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import hinomi.incidentrecords.record.Words;
import hinomi.model.BadInput;
import hinomi.model.Text;
import hinomi.web.Request;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A JSON object that a person sent. Getters note what is wrong and go on, so that [#done] tells
/// all mistakes at once. One thread.
final class Body {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();

  private final JsonNode object;
  private final List<String> mistakes = new ArrayList<>();
  private final Set<String> read = new HashSet<>();

  private Body(JsonNode object) {
    this.object = object;
  }

  static Body of(Request request) {
    JsonNode node;
    try {
      node = JSON.readTree(request.text());
    } catch (JsonProcessingException e) {
      int offset = e.getLocation() == null ? -1 : (int) e.getLocation().getCharOffset();
      throw new BadInput("the body is not JSON: " + e.getOriginalMessage(), offset);
    }
    if (!node.isObject()) {
      throw new BadInput("the body must be a JSON object", 0);
    }
    return new Body(node);
  }

  void mistake(String key, String text) {
    mistakes.add(key + ": " + text);
  }

  /// A required text that is not blank.
  String text(String key, int max) {
    read.add(key);
    return text(object.get(key), key, max);
  }

  private String text(@Nullable JsonNode node, String shown, int max) {
    if (node == null || node.isNull()) {
      mistake(shown, "is missing");
    } else if (!node.isTextual() || node.textValue().isBlank()) {
      mistake(shown, "expected a text");
    } else if (node.textValue().length() > max) {
      mistake(shown, "is longer than " + max + " characters");
    } else {
      return node.textValue().strip();
    }
    return "";
  }

  /// A required public text in both languages.
  Text bilingual(String key, int max) {
    read.add(key);
    JsonNode node = object.get(key);
    if (node == null || node.isNull()) {
      mistake(key, "is missing");
    } else if (!node.isObject()) {
      mistake(key, "expected {\"ja\": …, \"en\": …}");
    } else {
      node.fieldNames()
          .forEachRemaining(name -> {
            if (!Set.of("ja", "en").contains(name)) {
              mistake(key + "." + name, "unknown key");
            }
          });
      return new Text(
          text(node.get("ja"), key + ".ja", max), text(node.get("en"), key + ".en", max));
    }
    return Text.same("");
  }

  /// A required choice, in small letters.
  <E extends Enum<E>> E choice(String key, E dummy) {
    String word = text(key, 100);
    List<E> constants = List.of(dummy.getDeclaringClass().getEnumConstants());
    Optional<E> found =
        constants.stream().filter(constant -> Words.of(constant).equals(word)).findFirst();
    if (found.isEmpty() && !word.isEmpty()) {
      String all = constants.stream().map(Words::of).collect(Collectors.joining(", "));
      mistake(key, "expected one of " + all + ", got \"" + word + "\"");
    }
    return found.orElse(dummy);
  }

  /// A required list of at least one text.
  List<String> texts(String key) {
    read.add(key);
    JsonNode node = object.get(key);
    List<String> texts = new ArrayList<>();
    if (node == null || node.isNull()) {
      mistake(key, "is missing");
    } else if (!node.isArray() || node.isEmpty()) {
      mistake(key, "expected a list of texts");
    } else {
      for (JsonNode item : node) {
        if (item.isTextual()) {
          texts.add(item.textValue());
        } else {
          mistake(key + "[" + texts.size() + "]", "expected a text");
        }
      }
    }
    return texts;
  }

  /// A time like `2026-03-02T00:00:00Z`.
  Instant time(String key, Instant otherwise) {
    read.add(key);
    JsonNode node = object.get(key);
    if (node == null || node.isNull()) {
      return otherwise;
    }
    try {
      return Instant.parse(node.asText());
    } catch (DateTimeException _) {
      mistake(key, "expected a time like 2026-03-02T00:00:00Z, got " + node);
      return otherwise;
    }
  }

  /// Ends reading: whatever was wrong, or was not asked for, is told.
  void done() {
    Iterable<String> names = object::fieldNames;
    names.forEach(name -> {
      if (!read.contains(name)) {
        mistake(name, "unknown key");
      }
    });
    if (!mistakes.isEmpty()) {
      throw new BadInput(String.join("\n", mistakes));
    }
  }
}
