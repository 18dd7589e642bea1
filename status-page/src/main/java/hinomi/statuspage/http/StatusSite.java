package hinomi.statuspage.http;

import hinomi.model.Language;
import hinomi.statuspage.StatusPage;
import hinomi.statuspage.render.Edition;
import hinomi.statuspage.render.Sheet;
import hinomi.web.Reply;
import hinomi.web.Request;
import hinomi.web.Routes;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Serves the current edition and nothing else: what is not an address in it does not exist here.
/// An address without a language is answered in the reader's. GET and HEAD only; no cookies.
public final class StatusSite {
  private static final String POLICY =
      "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self';"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  private static final long LONGEST_SECONDS = 5;

  private final StatusPage page;

  public StatusSite(StatusPage page) {
    this.page = page;
  }

  public void routes(Routes routes) {
    routes.get("/", this::answer).get("/{address...}", this::answer);
  }

  /// A document, and whether the reader's language chose it.
  private record Found(Sheet sheet, boolean negotiated) {}

  private Reply answer(Request request) {
    Edition edition = page.edition();
    Instant now = page.now();
    String address = address(request);
    Language language = Preference.language(request);
    Optional<Sheet> exact = address.isEmpty() ? Optional.empty() : edition.find(address, now);
    Optional<Found> found =
        exact
            .map(sheet -> new Found(sheet, false))
            .or(() ->
                edition
                    .find(language.tag() + (address.isEmpty() ? "" : "/" + address), now)
                    .map(sheet -> new Found(sheet, true)));
    if (found.isPresent()) {
      return reply(200, found.get(), request, freshFor(edition, now));
    }
    String tongue =
        address.startsWith("en/") ? "en" : address.startsWith("ja/") ? "ja" : language.tag();
    Sheet missing =
        edition
            .find(tongue + "/404", now)
            .orElseThrow(() -> new IllegalStateException("BUG: an edition without its 404 page"));
    return reply(404, new Found(missing, true), request, 1);
  }

  private static String address(Request request) {
    String path = request.captured().getOrDefault("address", "");
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  /// Caches may keep a page for a moment, and never beyond its expiry.
  private static long freshFor(Edition edition, Instant now) {
    long left = Duration.between(now, edition.expiresAt()).toSeconds();
    return left <= 0 ? 1 : Math.min(LONGEST_SECONDS, left);
  }

  private static Reply reply(int status, Found found, Request request, long seconds) {
    Sheet sheet = found.sheet();
    boolean gzip = Preference.gzip(request);
    String etag = '"' + sheet.etag() + (gzip ? "-gzip" : "") + '"';
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("ETag", etag);
    headers.put(
        "Vary", found.negotiated() ? "Accept-Encoding, Accept-Language" : "Accept-Encoding");
    headers.put("Content-Security-Policy", POLICY);
    headers.put("Referrer-Policy", "no-referrer");
    switch (sheet.kind()) {
      case PAGE -> headers.put("Cache-Control", "public, max-age=" + seconds);
      case DATA -> {
        headers.put("Cache-Control", "public, max-age=" + seconds);
        headers.put("Access-Control-Allow-Origin", "*");
      }
      case ASSET -> headers.put("Cache-Control", "public, max-age=31536000, immutable");
    }
    if (status == 200 && matches(request, etag)) {
      return new Reply(304, "", headers, new byte[0]);
    }
    if (gzip) {
      headers.put("Content-Encoding", "gzip");
    }
    return new Reply(status, sheet.contentType(), headers, gzip ? sheet.gzip() : sheet.bytes());
  }

  /// Weak comparison (RFC 9110, 13.1.2).
  private static boolean matches(Request request, String etag) {
    for (String one : request.header("If-None-Match").orElse("").split(",")) {
      String tag = one.strip();
      if (tag.equals("*") || tag.equals(etag) || tag.equals("W/" + etag)) {
        return true;
      }
    }
    return false;
  }
}
