package hinomi.alertengine.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import hinomi.alertengine.route.Route;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;

/// Records ⇄ JSON of the tables' `document` columns: an Instant is its milliseconds, Labels are an
/// object, a Matcher its three parts. Unknown fields are passed over, so that an older version
/// reads a newer one's rows.
final class Documents {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .addModule(module())
          // Methods like isFiring are derived from what is stored.
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .build();

  private Documents() {}

  private static SimpleModule module() {
    return new SimpleModule()
        .addSerializer(
            Instant.class,
            new JsonSerializer<>() {
              @Override
              public void serialize(Instant at, JsonGenerator out, SerializerProvider ignored)
                  throws IOException {
                out.writeNumber(at.toEpochMilli());
              }
            })
        .addDeserializer(
            Instant.class,
            new JsonDeserializer<>() {
              @Override
              public Instant deserialize(JsonParser in, DeserializationContext ignored)
                  throws IOException {
                return Instant.ofEpochMilli(in.getLongValue());
              }
            })
        .addSerializer(
            Labels.class,
            new JsonSerializer<>() {
              @Override
              public void serialize(Labels labels, JsonGenerator out, SerializerProvider ignored)
                  throws IOException {
                out.writePOJO(labels.toMap());
              }
            })
        .addDeserializer(
            Labels.class,
            new JsonDeserializer<>() {
              @Override
              public Labels deserialize(JsonParser in, DeserializationContext ignored)
                  throws IOException {
                Map<String, String> map =
                    in.readValueAs(new TypeReference<Map<String, String>>() {});
                return Labels.of(map);
              }
            })
        .addDeserializer(
            Route.class,
            new JsonDeserializer<>() {
              @Override
              public Route deserialize(JsonParser in, DeserializationContext context)
                  throws IOException {
                return route(in.readValueAsTree(), in);
              }
            })
        .addSerializer(
            Matcher.class,
            new JsonSerializer<>() {
              @Override
              public void serialize(Matcher matcher, JsonGenerator out, SerializerProvider ignored)
                  throws IOException {
                out.writePOJO(new StoredMatcher(matcher.kind(), matcher.name(), matcher.value()));
              }
            })
        .addDeserializer(
            Matcher.class,
            new JsonDeserializer<>() {
              @Override
              public Matcher deserialize(JsonParser in, DeserializationContext ignored)
                  throws IOException {
                StoredMatcher stored = in.readValueAs(StoredMatcher.class);
                return new Matcher(stored.kind(), stored.name(), stored.value());
              }
            });
  }

  /// A route was page, ladder and labels before there was a tree.
  private static Route route(JsonNode json, JsonParser in) throws IOException {
    boolean page = json.path("page").asBoolean();
    String ladder = json.path("ladder").asText("");
    Labels labels = in.getCodec().treeToValue(json.path("labels"), Labels.class);
    return json.has("node")
        ? new Route(
            page, ladder, labels, json.path("node").asText(), json.path("receiver").asText())
        : Route.ofLadder(page, ladder, labels);
  }

  private record StoredMatcher(Matcher.Kind kind, String name, String value) {}

  static String write(Object document) {
    try {
      return JSON.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("BUG: not writable: " + e.getMessage(), e);
    }
  }

  static <T> T read(String document, Class<T> type) {
    try {
      return JSON.readValue(document, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored " + type.getSimpleName() + " cannot be read", e);
    }
  }
}
