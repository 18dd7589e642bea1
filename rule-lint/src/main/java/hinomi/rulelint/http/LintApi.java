package hinomi.rulelint.http;

import hinomi.model.BadInput;
import hinomi.model.Language;
import hinomi.rulelint.Finding;
import hinomi.rulelint.RuleLint;
import hinomi.settings.Mistake;
import hinomi.web.Reply;
import hinomi.web.Request;
import hinomi.web.Routes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `GET /api/hinomi/v1/lint`: what the lint says of the rule files and routes as they are now, held
/// against the series of the store, too. `lang` is `ja` or `en`; `format=text` is what a terminal
/// shows.
public final class LintApi {
  private final Supplier<RuleLint.Report> lint;

  public LintApi(Supplier<RuleLint.Report> lint) {
    this.lint = lint;
  }

  public void routes(Routes routes) {
    routes.get("/api/hinomi/v1/lint", this::report);
  }

  private Reply report(Request request) {
    Language language = language(request.param("lang").orElse("en"));
    RuleLint.Report report = lint.get();
    if (request.param("format").orElse("").equals("text")) {
      return Reply.text(
          200,
          Stream.concat(
                  report.mistakes().stream().map(Mistake::shown),
                  report.findings().stream().map(finding -> finding.shown(language)))
              .map(shown -> shown + "\n")
              .collect(Collectors.joining()));
    }
    return Reply.json(
        Map.of(
            "mistakes",
            report.mistakes().stream().map(LintApi::shape).toList(),
            "findings",
            report.findings().stream().map(finding -> shape(finding, language)).toList()));
  }

  private static Language language(String wanted) {
    return switch (wanted) {
      case "ja" -> Language.JA;
      case "en" -> Language.EN;
      default -> throw new BadInput("lang: expected ja or en, got \"" + wanted + "\"");
    };
  }

  private static Map<String, Object> shape(Finding finding, Language language) {
    Map<String, Object> shape = new LinkedHashMap<>();
    shape.put("check", finding.check());
    shape.put("severity", finding.severity().word());
    shape.put("rule", finding.rule());
    shape.putAll(shape(finding.place().saying(finding.what().in(language))));
    shape.put("advice", finding.advice().in(language));
    return shape;
  }

  private static Map<String, Object> shape(Mistake mistake) {
    Map<String, Object> shape = new LinkedHashMap<>();
    shape.put("file", mistake.file());
    shape.put("line", mistake.line());
    shape.put("column", mistake.column());
    shape.put("text", mistake.text());
    shape.put("excerpt", mistake.excerpt());
    return shape;
  }
}
