package hinomi.alertengine.http.alertmanager;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import hinomi.settings.DidYouMean;
import hinomi.web.Request;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A JSON body, read field by field with the complaints that go-openapi has.
///
/// @param what it is called in complaints: `alerts` or `silence`
/// @param path of this node in the body, such as `matchers.0`; empty at its top
record Body(String what, String path, JsonNode node, Places places) {
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  static Body of(Request request, String what) {
    if (!request.contentType().equals("application/json")) {
      throw Refused.mediaType(request.contentType());
    }
    String text = request.text();
    if (text.isBlank()) {
      throw Refused.invalid(Refused.REQUIRED, what + " in body is required");
    }
    Places places = Places.of(text);
    try {
      return new Body(what, "", JSON.readTree(text), places);
    } catch (JsonProcessingException e) {
      throw Refused.unreadable(what, places.shown(e.getLocation(), said(e)));
    }
  }

  /// Without where the thing began that does not end: that has no words for people.
  private static String said(JsonProcessingException e) {
    return e.getOriginalMessage().replaceFirst(" \\(start marker at .*", "");
  }

  private String name(String field) {
    return path.isEmpty() ? field : path + "." + field;
  }

  /// What has to be there is told first, in the order in which it is asked for.
  void require(String... fields) {
    for (String field : fields) {
      if (!node.hasNonNull(field)) {
        throw Refused.invalid(
            Refused.REQUIRED, name(field) + " in body is required" + slip(field, fields));
      }
    }
  }

  /// A field of another name that was probably meant.
  private String slip(String wanted, String... fields) {
    List<String> given = new ArrayList<>();
    node.fieldNames().forEachRemaining(given::add);
    given.removeAll(List.of(fields));
    for (String name : given) {
      String hint = DidYouMean.hint(name, List.of(wanted));
      if (!hint.isEmpty()) {
        return places.shown(name(name), ": there is \"" + name + "\"" + hint);
      }
    }
    return "";
  }

  /// Words with the place of a field.
  String shown(String field, String words) {
    return places.shown(name(field), words);
  }

  Body object() {
    return checked(node.isObject(), "an object");
  }

  List<Body> items() {
    Body list = checked(node.isArray(), "an array");
    List<Body> items = new ArrayList<>();
    for (int i = 0; i < list.node.size(); i++) {
      items.add(new Body(what, name(Integer.toString(i)), list.node.get(i), places).object());
    }
    return items;
  }

  Body field(String field) {
    return new Body(what, name(field), node.path(field), places);
  }

  private Body checked(boolean fits, String wanted) {
    if (!fits) {
      String where = path.isEmpty() ? "the body" : path;
      throw Refused.unreadable(what, places.shown(path, where + " is not " + wanted));
    }
    return this;
  }

  String text(String field) {
    JsonNode value = node.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    field(field).checked(value.isTextual(), "a text");
    return value.textValue();
  }

  boolean flag(String field, boolean otherwise) {
    JsonNode value = node.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    field(field).checked(value.isBoolean(), "true or false");
    return value.booleanValue();
  }

  Map<String, String> texts(String field) {
    Map<String, String> texts = new LinkedHashMap<>();
    if (node.hasNonNull(field)) {
      Body map = field(field).object();
      map.node.fieldNames().forEachRemaining(name -> texts.put(name, map.text(name)));
    }
    return texts;
  }

  /// RFC 3339; Go's zero time says that there is none.
  Optional<Instant> time(String field) {
    String text = text(field);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      OffsetDateTime time = OffsetDateTime.parse(text);
      return time.getYear() <= 1 || time.getYear() > Year.of(9999).getValue()
          ? Optional.empty()
          : Optional.of(time.toInstant().truncatedTo(ChronoUnit.MILLIS));
    } catch (DateTimeException e) {
      throw Refused.unreadable(
          what, shown(field, name(field) + " is no time as in RFC 3339: \"" + text + "\""));
    }
  }
}
