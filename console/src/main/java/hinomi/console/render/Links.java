package hinomi.console.render;

import hinomi.console.form.Range;
import hinomi.model.Labels;
import hinomi.model.Language;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/// References from page to page. A language that was asked for by hand goes along in each.
/// Templates know it as `l`.
public final class Links {
  private final Optional<Language> asked;

  /// @param asked the language of `?lang=`; empty when the browser's decides
  private Links(Optional<Language> asked) {
    this.asked = asked;
  }

  /// Links that leave the choice of language to the browser.
  public static Links plain() {
    return new Links(Optional.empty());
  }

  /// Links that keep a language.
  public static Links in(Language language) {
    return new Links(Optional.of(language));
  }

  public String to(String path) {
    return asked.map(language -> with(path, "lang", language.tag())).orElse(path);
  }

  public String alert(String id) {
    return to("/alerts/" + encoded(id));
  }

  /// Where an acknowledgement is sent.
  public String acknowledge(String id) {
    return to("/alerts/" + encoded(id) + "/acknowledge");
  }

  /// Live alerts in one state; empty for all.
  public String alerts(String state, String text) {
    return to(narrowed("/alerts", state, text));
  }

  /// Rules in one state; empty for all.
  public String rules(String state, String text) {
    return to(narrowed("/rules", state, text));
  }

  private static String narrowed(String path, String state, String text) {
    String some = state.isEmpty() ? path : with(path, "state", state);
    return text.isEmpty() ? some : with(some, "q", text);
  }

  /// Why an alert is told now, and why not.
  public String why(Labels alert) {
    return to(with("/why", "alert", alert.toString()));
  }

  /// Why it was told by a time, and why not.
  public String why(Labels alert, Instant at) {
    return to(with(with("/why", "alert", alert.toString()), "at", at.toString()));
  }

  public String silences() {
    return to("/silences");
  }

  /// The form for a new silence.
  public String silence() {
    return to("/silences/new");
  }

  /// The same, for one alert.
  public String silence(Labels alert) {
    return to(with("/silences/new", "matchers", alert.toString()));
  }

  /// The same, beginning with a silence that there is or was.
  public String silenceLike(String id) {
    return to(with("/silences/new", "id", id));
  }

  /// Where the end of a silence is sent.
  public String endSilence(String id) {
    return to("/silences/" + encoded(id) + "/end");
  }

  public String incident(String id) {
    return to("/incidents/" + encoded(id));
  }

  /// Something of an incident: `updates`, `notes`, `postmortem`, `postmortem/publish`.
  public String incident(String id, String part) {
    return to("/incidents/" + encoded(id) + "/" + part);
  }

  public String explore(String expression, Range range) {
    return to(with(with("/explore", "q", expression), "range", range.word()));
  }

  public String logs(String text, Range range) {
    return to(with(with("/logs", "q", text), "range", range.word()));
  }

  /// The language that forms must carry along, or the empty string.
  public String tongue() {
    return asked.map(Language::tag).orElse("");
  }

  /// An address with one more parameter.
  public static String with(String address, String name, String value) {
    return address + (address.contains("?") ? "&" : "?") + name + "=" + encoded(value);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
