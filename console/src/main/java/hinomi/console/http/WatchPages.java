package hinomi.console.http;

import hinomi.console.AlertBoard;
import hinomi.console.Console;
import hinomi.console.LiveAlert;
import hinomi.console.RuleGroup;
import hinomi.console.form.Form;
import hinomi.console.render.Pages;
import hinomi.console.render.RulesPage;
import hinomi.console.render.Visit;
import hinomi.model.BadInput;
import hinomi.web.Reply;
import hinomi.web.Request;
import hinomi.web.Routes;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// What fires at this moment, the rules that watch, and why somebody was told or not.
final class WatchPages {
  private static final int MAX_TEXT = 200;

  private final Console console;
  private final Pages pages;
  private final Doorway doorway;

  WatchPages(Console console, Pages pages, Doorway doorway) {
    this.console = console;
    this.pages = pages;
    this.doorway = doorway;
  }

  void routes(Routes routes) {
    routes
        .get("/alerts", doorway.page(this::alerts))
        .get("/rules", doorway.page(this::rules))
        .get("/why", doorway.page(this::why));
  }

  private Reply alerts(Request request, Visit visit) {
    AlertBoard.Filter filter =
        new AlertBoard.Filter(state(request, LiveAlert.State.class), text(request));
    return Doorway.html(200, pages.board(visit, console.board(filter), filter));
  }

  private Reply rules(Request request, Visit visit) {
    RulesPage.Filter filter =
        new RulesPage.Filter(state(request, RuleGroup.State.class), text(request));
    return Doorway.html(200, pages.rules(visit, console.ports().watching().rules().all(), filter));
  }

  /// One of the constants; a word that is none narrows nothing.
  private static <E extends Enum<E>> Optional<E> state(Request request, Class<E> type) {
    String word = request.param("state").orElse("");
    for (E constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(word)) {
        return Optional.of(constant);
      }
    }
    return Optional.empty();
  }

  private static String text(Request request) {
    String text = request.param("q").orElse("").strip();
    if (text.length() > MAX_TEXT) {
      throw new BadInput("a text to narrow a list has at most " + MAX_TEXT + " characters");
    }
    return text;
  }

  private Reply why(Request request, Visit visit) {
    if (request.param("alert").orElse("").isBlank()) {
      return Doorway.html(200, pages.why(visit));
    }
    Form form = new Form(request);
    String alert = form.lines("alert", SilenceForms.MATCHERS);
    Instant at = form.optionalTime("at", console.config().zone()).orElse(visit.now());
    if (!form.isGood()) {
      return Doorway.html(400, pages.why(visit, form, Optional.empty()));
    }
    return Doorway.html(
        200,
        pages.why(
            visit,
            form,
            Optional.of(
                console.read(
                    "explain",
                    () ->
                        console
                            .ports()
                            .watching()
                            .explain()
                            .explain(alert, at, visit.language())))));
  }
}
