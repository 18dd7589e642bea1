package hinomi.web;

import hinomi.model.BadInput;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A request, whole: the body has arrived and is still encoded as it was sent (`Content-Encoding`).
///
/// @param method in capitals; HEAD arrives as GET
/// @param path as sent, still percent-encoded, without the query
/// @param captured what stood in the `{…}` of the route's pattern, decoded
/// @param parameters of the URL's query, then, on routes that take forms, of a form body; decoded,
///   in order
/// @param headers by name in lower case
/// @param body raw bytes; nobody changes them
/// @param remote address of who asked
/// @param connection tells when who asked has gone
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Request(
    String method,
    String path,
    Map<String, String> captured,
    Map<String, List<String>> parameters,
    Map<String, List<String>> headers,
    byte[] body,
    String remote,
    Connection connection) {

  /// One whose client stays: for tests.
  public Request(
      String method,
      String path,
      Map<String, String> captured,
      Map<String, List<String>> parameters,
      Map<String, List<String>> headers,
      byte[] body,
      String remote) {
    this(method, path, captured, parameters, headers, body, remote, new Connection());
  }

  /// What stood in the pattern's `{name}`.
  public String captured(String name) {
    String value = captured.get(name);
    if (value == null) {
      throw new IllegalStateException("BUG: the route captures no {" + name + "}");
    }
    return value;
  }

  public Optional<String> param(String name) {
    return params(name).stream().findFirst();
  }

  public List<String> params(String name) {
    return parameters.getOrDefault(name, List.of());
  }

  public String requiredParam(String name) {
    return param(name)
        .filter(value -> !value.isEmpty())
        .orElseThrow(() -> new BadInput("parameter \"" + name + "\" is missing"));
  }

  public Optional<String> header(String name) {
    return headers(name).stream().findFirst();
  }

  /// All lines of a header.
  public List<String> headers(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }

  /// The media type alone, in lower case and without parameters; empty when there is none.
  public String contentType() {
    String value = header("content-type").orElse("");
    int semicolon = value.indexOf(';');
    return (semicolon < 0 ? value : value.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
  }

  /// The body as UTF-8.
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
