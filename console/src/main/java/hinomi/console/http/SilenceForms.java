package hinomi.console.http;

import hinomi.console.Console;
import hinomi.console.ConsolePorts;
import hinomi.console.Reading;
import hinomi.console.Silence;
import hinomi.console.SilenceDraft;
import hinomi.console.SilencePreview;
import hinomi.console.form.Form;
import hinomi.console.render.Pages;
import hinomi.console.render.SilenceSheet;
import hinomi.console.render.Visit;
import hinomi.model.BadInput;
import hinomi.web.Reply;
import hinomi.web.Request;
import hinomi.web.Routes;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Silences and what people do to them. Nobody makes one without having seen what it hides: a form
/// whose matchers are not those of the preview is shown again, with their preview.
final class SilenceForms {
  /// Matchers of a silence, at most.
  static final int MATCHERS = 5_000;

  private static final String USUAL_LENGTH = "2h";
  private static final String NOBODY_KNOWN = "console"; // who has not said a name in this browser

  private final Console console;
  private final ConsolePorts.Silencing silences;
  private final Pages pages;
  private final Doorway doorway;

  SilenceForms(Console console, Pages pages, Doorway doorway) {
    this.console = console;
    this.silences = console.ports().silencing();
    this.pages = pages;
    this.doorway = doorway;
  }

  void routes(Routes routes) {
    routes
        .get("/silences", doorway.page((_, visit) -> list(visit)))
        .get("/silences/new", doorway.page(this::ask))
        .post("/silences/new", doorway.form(this::make))
        .post("/silences/{id}/end", doorway.form(this::end));
  }

  private Reply list(Visit visit) {
    return Doorway.html(200, pages.silences(visit, silences.all().all()));
  }

  private Reply ask(Request request, Visit visit) {
    Optional<Silence> like = like(request);
    Map<String, String> typed = new HashMap<>();
    like.ifPresent(silence -> {
      typed.put("matchers", silence.matchers());
      typed.put("comment", silence.comment());
      typed.put("by", silence.owner());
    });
    typed.put("length", USUAL_LENGTH);
    typed.putIfAbsent("by", visit.by());
    for (String field : new String[] {"matchers", "length", "other", "starts", "comment", "by"}) {
      request.param(field).ifPresent(text -> typed.put(field, text.strip()));
    }
    return sheet(visit, 200, new Asked(typed, Optional.empty(), like, Optional.empty(), false));
  }

  /// A form as it came, and what is wrong with it.
  private record Asked(
      Map<String, String> typed,
      Optional<Form> mistakes,
      Optional<Silence> like,
      Optional<Reading.Unreadable<?>> refused,
      boolean unseen) {}

  private Reply sheet(Visit visit, int status, Asked asked) {
    String matchers = asked.typed().getOrDefault("matchers", "");
    Optional<Reading<SilencePreview>> preview =
        matchers.isEmpty()
            ? Optional.empty()
            : Optional.of(
                console.read("silence preview", () -> silences.preview().preview(matchers)));
    return Doorway.html(
        status,
        pages.silence(
            visit,
            new SilenceSheet(
                asked.typed(),
                asked.mistakes(),
                asked.like(),
                preview,
                asked.refused(),
                asked.unseen(),
                silences.longest())));
  }

  private Optional<Silence> like(Request request) {
    String id = request.param("id").orElse("");
    return id.isEmpty()
        ? Optional.empty()
        : silences.all().all().stream().filter(silence -> silence.id().equals(id)).findFirst();
  }

  private Reply make(Request request, Visit visit) {
    Form form = new Form(request);
    String matchers = form.lines("matchers", MATCHERS);
    String comment = form.lines("comment", Form.TEXT);
    String other = form.optionalLine("other", Form.NAME);
    Optional<Instant> starts = form.optionalTime("starts", console.config().zone());
    Duration length = form.length(other.isEmpty() ? "length" : "other", silences.longest());
    String by = form.line("by", Form.NAME);
    Map<String, String> typed = new HashMap<>(form.typed());
    typed.putIfAbsent("length", request.param("length").orElse(""));
    Optional<Silence> like = like(request);
    if (!form.isGood()) {
      return sheet(visit, 400, new Asked(typed, Optional.of(form), like, Optional.empty(), false));
    }
    if (!form.isSame("previewed", matchers)) {
      return sheet(visit, 200, new Asked(typed, Optional.empty(), like, Optional.empty(), true));
    }
    try {
      silences
          .set()
          .set(
              new SilenceDraft(
                  like.map(Silence::id).orElse(""), matchers, starts, length, by, comment));
    } catch (BadInput e) {
      return sheet(
          visit,
          400,
          new Asked(
              typed,
              Optional.empty(),
              like,
              Optional.of(new Reading.Unreadable<>(e.words(), e.offset())),
              false));
    }
    console.did("silence");
    return Doorway.done(visit.links().silences(), "silenced", by);
  }

  private Reply end(Request request, Visit visit) {
    silences.end().end(request.captured("id"), visit.by().isEmpty() ? NOBODY_KNOWN : visit.by());
    console.did("end silence");
    return Doorway.done(visit.links().silences(), "unsilenced", visit.by());
  }
}
