package hinomi.console.render;

import hinomi.console.ConsoleConfig;
import hinomi.console.Reading;
import hinomi.console.form.Form;
import hinomi.console.form.Range;
import hinomi.model.Language;
import hinomi.pages.Speech;
import hinomi.pages.Templates;
import hinomi.pages.Words;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What all pages have in common: frame, words, links, forms.
final class Paper {
  /// Refreshed by itself every so many seconds.
  private static final int REFRESH_SECONDS = 15;

  private static final Set<String> DONE =
      Set.of("acknowledged", "silenced", "unsilenced", "updated", "noted", "saved", "published");

  private final Map<Language, Phrases> phrases = new EnumMap<>(Language.class);
  private final Templates templates;
  private final Assets assets;

  Paper(ConsoleConfig config, Assets assets) {
    Map<Language, Words> words = Words.all(Paper.class);
    words.forEach(
        (language, some) -> phrases.put(language, new Phrases(new Speech(some, config.zone()))));
    this.templates = new Templates(Paper.class, words);
    this.assets = assets;
  }

  Phrases phrases(Visit visit) {
    Phrases some = phrases.get(visit.language());
    if (some == null) {
      throw new IllegalStateException("BUG: no phrases for " + visit.language());
    }
    return some;
  }

  /// A page that waits for its content.
  Map<String, Object> sheet(Visit visit, String place, String title) {
    Language other = visit.language() == Language.JA ? Language.EN : Language.JA;
    Map<String, Object> model = new HashMap<>();
    model.put("p", phrases(visit));
    model.put("l", visit.links());
    model.put("now", visit.now());
    model.put("lang", visit.language().tag());
    model.put("otherLang", other.tag());
    model.put("otherHref", Links.with(visit.self(), "lang", other.tag()));
    model.put("place", place);
    model.put("title", title);
    model.put("done", DONE.contains(visit.done()) ? visit.done() : "");
    model.put("style", assets.style());
    model.put("script", assets.script());
    model.put("icon", assets.icon());
    model.put("refresh", 0);
    model.put("hour", Range.LAST_1H);
    model.put("by", visit.by());
    model.put("typed", Map.of());
    model.put("mistakes", List.of());
    model.put("wrong", Set.of());
    return model;
  }

  static void refreshing(Map<String, Object> model) {
    model.put("refresh", REFRESH_SECONDS);
  }

  /// Shows a form again as it was typed, with everything that is wrong.
  void again(Map<String, Object> model, Visit visit, String name, Form form) {
    model.put("form", name);
    model.put("typed", form.typed());
    form.typed("by").ifPresent(by -> model.put("by", by));
    model.put("mistakes", form.mistakes().stream().map(phrases(visit)::mistake).toList());
    model.put(
        "wrong", Set.copyOf(form.mistakes().stream().map(Form.Mistake::field).distinct().toList()));
  }

  /// Puts a value under its name, or the reason why there is none under `nameError`.
  static <T> void put(Visit visit, Map<String, Object> model, String name, Reading<T> reading) {
    switch (reading) {
      case Reading.Known<T> known -> model.put(name, known.value());
      case Reading.Unreadable<T> unreadable ->
          model.put(name + "Error", unreadable.words().in(visit.language()));
    }
  }

  /// Why what was asked has no answer, with its place in the text.
  static void mistake(
      Visit visit, Map<String, Object> model, String text, Reading.Unreadable<?> unreadable) {
    model.put("error", unreadable.words().in(visit.language()));
    Optional<MarkedText> marked = MarkedText.of(text, unreadable.offset());
    marked.ifPresent(mark -> model.put("marked", mark));
  }

  String print(Visit visit, String template, Map<String, Object> model) {
    return Printable.of(templates.render(template, visit.language(), model));
  }
}
