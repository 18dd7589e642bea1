package hinomi.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// An answer, whole.
///
/// @param status HTTP status
/// @param contentType empty when there is no body
/// @param headers besides Content-Type and Content-Length
/// @param body given away
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Reply(int status, String contentType, Map<String, String> headers, byte[] body) {
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(SerializationFeature.FAIL_ON_EMPTY_BEANS).build();

  public static Reply of(int status, String contentType, byte[] body) {
    return new Reply(status, contentType, Map.of(), body);
  }

  public static Reply text(int status, String text) {
    return of(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  public static Reply html(String html) {
    return of(200, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8));
  }

  /// Maps, lists, records and plain values, as Jackson writes them.
  public static Reply json(Object value) {
    return json(200, value);
  }

  public static Reply json(int status, Object value) {
    try {
      return of(status, "application/json; charset=utf-8", JSON.writeValueAsBytes(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("BUG: not writable as JSON: " + e.getMessage(), e);
    }
  }

  public static Reply empty(int status) {
    return of(status, "", new byte[0]);
  }

  /// Answers a form: the browser gets the other page (303).
  public static Reply seeOther(String location) {
    return empty(303).with("Location", location);
  }

  /// Compressed when the client takes gzip and it is worth the time.
  public Reply gzippedFor(Request request) {
    return Gzip.encoded(this, request);
  }

  public Reply with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Reply(status, contentType, more, body);
  }
}
