package hinomi.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hinomi.model.BadInput;
import java.io.IOException;

/// JSON text to tree and back. A name that stands twice in an object counts with its last value, as
/// real senders need.
final class Json {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private Json() {}

  /// The root of a body, which must be an object; else a [BadInput] with the byte's offset.
  static JsonNode object(byte[] body) {
    JsonNode root;
    try {
      root = MAPPER.readTree(body);
    } catch (JsonProcessingException e) {
      int offset = e.getLocation() == null ? 0 : (int) e.getLocation().getByteOffset();
      throw new BadInput("not JSON: " + e.getOriginalMessage(), Math.max(0, offset));
    } catch (IOException e) {
      throw new BadInput("not JSON: " + e.getMessage(), e);
    }
    if (!root.isObject()) {
      throw new BadInput("a JSON object is expected", 0);
    }
    return root;
  }

  static byte[] bytes(JsonNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("BUG: a tree that cannot be written", e);
    }
  }
}
