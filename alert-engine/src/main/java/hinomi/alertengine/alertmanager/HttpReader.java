package hinomi.alertengine.alertmanager;

import hinomi.settings.Section;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/// Reads an `http_config` (Alertmanager, docs/configuration, "HTTP config") as far as our webhooks
/// go: basic, bearer and other authorization. Certificates, proxies and OAuth are mistakes, since a
/// webhook without them would not arrive.
///
/// @param notes takes what has no effect
record HttpReader(List<String> notes) {
  /// The header `Authorization`; empty for none.
  String read(Section http) {
    for (String key :
        List.of("tls_config", "proxy_url", "proxy_from_environment", "oauth2", "http_headers")) {
      if (http.has(key)) {
        http.pass(key);
        http.mistake(
            key,
            "our webhooks cannot do that; leave it out and let a proxy beside us do it, or name"
                + " another receiver");
      }
    }
    for (String key : List.of("no_proxy", "enable_http2", "follow_redirects")) {
      if (http.has(key)) {
        http.pass(key);
        notes.add(http.file() + ":" + http.line(key) + ": " + key + ": has no effect here");
      }
    }
    Section basic = http.section("basic_auth");
    Section authorization = http.section("authorization");
    String bearer = file(http, "bearer_token_file", http.text("bearer_token", ""));
    String username = file(basic, "username_file", basic.text("username", ""));
    String password = file(basic, "password_file", basic.text("password", ""));
    String type = authorization.text("type", "Bearer");
    String credentials =
        file(authorization, "credentials_file", authorization.text("credentials", ""));
    long given = Stream.of(username, bearer, credentials).filter(text -> !text.isEmpty()).count();
    if (given > 1) {
      http.mistake(
          http.has("basic_auth") ? "basic_auth" : "authorization",
          "one of basic_auth, authorization and bearer_token, not several");
    }
    if (!username.isEmpty()) {
      byte[] both = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
      return "Basic " + Base64.getEncoder().encodeToString(both);
    }
    if (!bearer.isEmpty()) {
      return "Bearer " + bearer;
    }
    return credentials.isEmpty() ? "" : type + " " + credentials;
  }

  /// A secret's file, read once, without the line's end.
  static String file(Section section, String key, String otherwise) {
    return section.value(
        key,
        otherwise,
        path -> {
          try {
            return Files.readString(Path.of(path)).strip();
          } catch (IOException e) {
            throw new IllegalArgumentException("cannot be read: " + e.getMessage(), e);
          }
        });
  }
}
