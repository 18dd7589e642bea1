package hinomi.console.render;

import hinomi.console.form.Range;
import hinomi.model.Language;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
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
