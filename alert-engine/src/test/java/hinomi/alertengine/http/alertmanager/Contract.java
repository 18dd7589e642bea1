package hinomi.alertengine.http.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// Alertmanager's own description of its API (Swagger 2.0): holds answers to their schemas.
///
/// @param root the whole document
record Contract(JsonNode root) {
  static Contract read(Path file) throws IOException {
    Object yaml = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
    return new Contract(new ObjectMapper().valueToTree(yaml));
  }

  /// Checks an answer with status 200.
  void check(String method, String path, JsonNode answer) {
    JsonNode response = root.path("paths").path(path).path(method).path("responses").path("200");
    assertThat(response.isMissingNode()).as("%s %s", method, path).isFalse();
    check(response.path("schema"), answer, path);
  }

  private void check(JsonNode schema, JsonNode value, String where) {
    if (schema.has("$ref")) {
      check(root.at(schema.get("$ref").asText().substring(1)), value, where);
      return;
    }
    schema.path("allOf").forEach(part -> check(part, value, where));
    for (JsonNode name : schema.path("required")) {
      assertThat(value.has(name.asText())).as("%s: %s is missing", where, name.asText()).isTrue();
    }
    switch (schema.path("type").asText()) {
      case "object" -> object(schema, value, where);
      case "array" -> {
        assertThat(value.isArray()).as(where).isTrue();
        assertThat(value.size()).as(where).isGreaterThanOrEqualTo(schema.path("minItems").asInt());
        for (int i = 0; i < value.size(); i++) {
          check(schema.path("items"), value.get(i), where + "/" + i);
        }
      }
      case "string" -> text(schema, value, where);
      case "boolean" -> assertThat(value.isBoolean()).as(where).isTrue();
      default -> assertThat(schema.has("allOf")).as("schema of " + where).isTrue();
    }
  }

  private void object(JsonNode schema, JsonNode value, String where) {
    assertThat(value.isObject()).as(where).isTrue();
    schema
        .path("properties")
        .properties()
        .forEach(property -> {
          if (value.has(property.getKey())) {
            check(
                property.getValue(), value.get(property.getKey()), where + "/" + property.getKey());
          }
        });
    if (schema.has("additionalProperties")) {
      value
          .properties()
          .forEach(entry ->
              check(
                  schema.get("additionalProperties"),
                  entry.getValue(),
                  where + "/" + entry.getKey()));
    }
  }

  private static void text(JsonNode schema, JsonNode value, String where) {
    assertThat(value.isTextual()).as(where).isTrue();
    if (schema.path("format").asText().equals("date-time")) {
      assertThat(OffsetDateTime.parse(value.asText())).as(where).isNotNull();
    }
    if (schema.has("enum")) {
      List<String> allowed =
          java.util.stream.StreamSupport.stream(schema.get("enum").spliterator(), false)
              .map(JsonNode::asText)
              .toList();
      assertThat(allowed).as(where).contains(value.asText());
    }
  }
}
