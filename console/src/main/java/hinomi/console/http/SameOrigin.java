package hinomi.console.http;

import hinomi.web.Request;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/// Whether a form was sent from our own pages. Browsers say so in `Sec-Fetch-Site` (Fetch Metadata,
/// section 2.3), older ones in `Origin` (RFC 6454, section 7); what says neither is no browser, and
/// nobody can make it send something against its owner's will.
final class SameOrigin {
  private SameOrigin() {}

  static boolean holds(Request request) {
    Optional<String> site = request.header("Sec-Fetch-Site");
    if (site.isPresent()) {
      // `none`: typed by the person, no page is behind it.
      return site.get().equals("same-origin") || site.get().equals("none");
    }
    return request
        .header("Origin")
        .map(origin -> authority(origin).equals(host(request)))
        .orElse(true);
  }

  private static String authority(String origin) {
    try {
      URI uri = URI.create(origin);
      return uri.getRawAuthority() == null
          ? "null" // an opaque origin fits no host
          : uri.getRawAuthority().toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return "null";
    }
  }

  private static String host(Request request) {
    return request.header("Host").orElse("").toLowerCase(Locale.ROOT);
  }
}
