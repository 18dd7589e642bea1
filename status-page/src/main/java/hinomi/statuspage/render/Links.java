package hinomi.statuspage.render;

import hinomi.model.Language;
import hinomi.statuspage.snapshot.Identity;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// Addresses of documents, and how pages refer to them. A page's address ends with a slash in
/// links, so that any static host finds its `index.html`.
final class Links {
  private final Identity identity;
  private final Language language;

  Links(Identity identity, Language language) {
    this.identity = identity;
    this.language = language;
  }

  /// An edition's address of a page in this language: `ja/incidents/20261121-1`.
  String address(String page) {
    return page.isEmpty() ? language.tag() : language.tag() + "/" + page;
  }

  /// A reference from page to page.
  String to(String page) {
    return identity.basePath() + encoded(address(page)) + "/";
  }

  /// The same page in another language.
  String to(Language other, String page) {
    return new Links(identity, other).to(page);
  }

  /// A reference to a file, such as a feed.
  String file(String path) {
    return identity.basePath() + encoded(path);
  }

  /// A reference that works from anywhere.
  String absolute(String page) {
    return identity.base() + encoded(address(page)) + "/";
  }

  static String incident(String id) {
    return "incidents/" + id;
  }

  static String component(String id) {
    return "components/" + id;
  }

  static String encoded(String path) {
    return URLEncoder.encode(path, StandardCharsets.UTF_8).replace("+", "%20").replace("%2F", "/");
  }
}
