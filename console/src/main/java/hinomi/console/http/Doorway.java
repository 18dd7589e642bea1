package hinomi.console.http;

import hinomi.console.Console;
import hinomi.console.form.Form;
import hinomi.console.render.Links;
import hinomi.console.render.Pages;
import hinomi.console.render.Visit;
import hinomi.model.Failure;
import hinomi.model.Language;
import hinomi.model.Missing;
import hinomi.web.Endpoint;
import hinomi.web.Failures;
import hinomi.web.Reply;
import hinomi.web.Request;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// What every page's request goes through: who looks, the check of origins, failures as pages,
/// security headers.
final class Doorway {
  private static final String POLICY =
      "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self';"
          + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
  private static final String COOKIE = "hinomi-by=";
  private static final int YEAR_SECONDS = 365 * 24 * 3600;

  private final Console console;
  private final Pages pages;

  Doorway(Console console, Pages pages) {
    this.console = console;
    this.pages = pages;
  }

  /// A page for a visit.
  @FunctionalInterface
  interface Answer {
    Reply to(Request request, Visit visit);
  }

  Endpoint page(Answer answer) {
    return request -> {
      Visit visit = visit(request);
      try {
        return answer.to(request, visit);
      } catch (Failure e) {
        String kind = e instanceof Missing ? "missing" : "failed";
        return html(Failures.status(e), pages.failure(visit, kind, e.words().in(visit.language())));
      }
    };
  }

  /// A form: refused when it was sent from a foreign page.
  Endpoint form(Answer answer) {
    return page((request, visit) -> {
      if (!SameOrigin.holds(request)) {
        console.did("refused");
        return html(403, pages.failure(visit, "refused", ""));
      }
      return answer.to(request, visit);
    });
  }

  private Visit visit(Request request) {
    Optional<Language> asked = Preference.asked(request);
    return new Visit(
        asked.orElseGet(() -> Preference.accepted(request)),
        asked.map(Links::in).orElseGet(Links::plain),
        self(request),
        remembered(request),
        request.param("done").orElse(""),
        console.now());
  }

  /// The page's address with what was asked, but for the language and for what was done. The answer
  /// to a form has no address of its own: its page's is the nearest.
  private static String self(Request request) {
    if (request.method().equals("POST")) {
      return request.path().replaceFirst("/(acknowledge|updates|notes)$", "");
    }
    String address = request.path();
    for (String name : new String[] {"q", "range"}) {
      Optional<String> value = request.param(name);
      address = value.isPresent() ? Links.with(address, name, value.get()) : address;
    }
    return address;
  }

  /// The name under which this browser acted last: at 3 a.m. nobody wants to type it.
  private static String remembered(Request request) {
    for (String cookie : request.header("Cookie").orElse("").split(";")) {
      if (cookie.strip().startsWith(COOKIE)) {
        try {
          String name =
              URLDecoder.decode(cookie.strip().substring(COOKIE.length()), StandardCharsets.UTF_8);
          return name.length() <= Form.NAME ? name : "";
        } catch (IllegalArgumentException e) {
          return ""; // not one that we wrote
        }
      }
    }
    return "";
  }

  /// After a form: on to a page that says it is done.
  static Reply done(String address, String what, String by) {
    return Reply.seeOther(Links.with(address, "done", what))
        .with(
            "Set-Cookie",
            COOKIE
                + URLEncoder.encode(by, StandardCharsets.UTF_8)
                + "; Path=/; Max-Age="
                + YEAR_SECONDS
                + "; HttpOnly; SameSite=Strict")
        .with("Cache-Control", "no-store");
  }

  static Reply html(int status, String html) {
    return Reply.of(status, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8))
        .with("Content-Security-Policy", POLICY)
        // Not no-referrer: with it, browsers say `Origin: null` even to ourselves (Fetch, 4.6).
        .with("Referrer-Policy", "same-origin")
        .with("X-Frame-Options", "DENY")
        .with("Vary", "Accept-Language, Cookie")
        .with("Cache-Control", "no-store");
  }
}
