package hinomi.oncall.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import hinomi.model.BadInput;
import hinomi.oncall.rotation.Span;
import hinomi.oncall.rotation.WallClock;
import hinomi.settings.DidYouMean;
import hinomi.web.Request;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A JSON object that a person sent. One thread.
final class Body {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();

  private final JsonNode object;
  private final String path;
  private final WallClock clock;
  private final Set<String> read = new LinkedHashSet<>();

  private Body(JsonNode object, String path, WallClock clock) {
    this.object = object;
    this.path = path;
    this.clock = clock;
  }

  /// @param clock of times that name no offset
  static Body of(Request request, WallClock clock) {
    try {
      JsonNode node = JSON.readTree(request.body());
      if (node == null || !node.isObject()) {
        throw new BadInput("expected a JSON object");
      }
      return new Body(node, "", clock);
    } catch (JsonProcessingException e) {
      throw new BadInput("not JSON: " + e.getOriginalMessage(), e);
    } catch (java.io.IOException e) {
      throw new BadInput("not JSON: " + e.getMessage(), e);
    }
  }

  private @Nullable JsonNode get(String key) {
    read.add(key);
    JsonNode value = object.get(key);
    return value == null || value.isNull() ? null : value;
  }

  boolean has(String key) {
    return get(key) != null;
  }

  String text(String key) {
    String text = text(key, "");
    if (text.isBlank()) {
      throw new BadInput(path + key + ": is missing");
    }
    return text;
  }

  String text(String key, String otherwise) {
    JsonNode value = get(key);
    if (value == null) {
      return otherwise;
    }
    if (!value.isTextual()) {
      throw new BadInput(path + key + ": expected a text");
    }
    return value.textValue().strip();
  }

  int number(String key) {
    JsonNode value = get(key);
    if (value == null || !value.isInt()) {
      throw new BadInput(path + key + ": expected a whole number");
    }
    return value.intValue();
  }

  Instant time(String key) {
    return time(path + key, text(key), clock);
  }

  Span span() {
    return span("from", time("from"), time("to"));
  }

  Body inner(String key) {
    JsonNode value = get(key);
    if (value == null || !value.isObject()) {
      throw new BadInput(path + key + ": expected an object");
    }
    return new Body(value, path + key + ".", clock);
  }

  List<Body> list(String key) {
    JsonNode value = get(key);
    if (value == null || !value.isArray()) {
      throw new BadInput(path + key + ": expected a list");
    }
    List<Body> list = new ArrayList<>();
    for (int i = 0; i < value.size(); i++) {
      list.add(new Body(value.get(i), path + key + "[" + i + "].", clock));
    }
    return list;
  }

  /// Everything was asked for: another key is a mistake.
  void end() {
    object
        .fieldNames()
        .forEachRemaining(key -> {
          if (!read.contains(key)) {
            throw new BadInput(path + key + ": unknown key" + DidYouMean.hint(key, read));
          }
        });
  }

  /// @param clock of times that name no offset
  static Instant time(String key, String text, WallClock clock) {
    try {
      boolean offset = text.matches(".*(?:Z|[+-]\\d\\d:?\\d\\d)");
      return offset && text.indexOf('T') > 0
          ? OffsetDateTime.parse(text).toInstant()
          : clock.instant(LocalDateTime.parse(text.length() == 10 ? text + "T00:00" : text));
    } catch (DateTimeException e) {
      throw new BadInput(
          key
              + ": expected a time like 2026-03-02T09:00:00+09:00, or 2026-03-02T09:00 by the"
              + " schedule's clock, got \""
              + text
              + "\"",
          e);
    }
  }

  static Span span(String key, Instant from, Instant to) {
    if (!from.isBefore(to)) {
      throw new BadInput(key + ": begins not before it ends");
    }
    return new Span(from, to);
  }
}
