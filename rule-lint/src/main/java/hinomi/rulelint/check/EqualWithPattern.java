package hinomi.rulelint.check;

import hinomi.model.Matcher;
import java.util.List;
import java.util.regex.Pattern;

/// `{job="api.*"}`: compared letter by letter, this pattern fits nothing.
final class EqualWithPattern implements RuleCheck {
  private static final Pattern REGEX =
      Pattern.compile("\\.[*+]|\\w\\|\\w|\\\\d|\\[[0-9a-z]-[0-9a-z]");

  @Override
  public List<Flaw> of(Subject subject) {
    return Walk.selectors(subject.expr())
        .flatMap(selector ->
            selector.matchers().stream()
                .filter(EqualWithPattern::isSlip)
                .map(matcher -> {
                  String right = matcher.kind() == Matcher.Kind.EQUAL ? "=~" : "!~";
                  return Flaw.of(
                          Severity.WARNING,
                          selector,
                          "「" + matcher + "」は一字一句比べられ、パターンとしては働きません",
                          matcher + " is compared letter by letter, not as a pattern")
                      .advising(
                          matcher.name() + right + "\"" + matcher.value() + "\"",
                          matcher.name() + right + "\"" + matcher.value() + "\"");
                }))
        .toList();
  }

  private static boolean isSlip(Matcher matcher) {
    return (matcher.kind() == Matcher.Kind.EQUAL || matcher.kind() == Matcher.Kind.NOT_EQUAL)
        && REGEX.matcher(matcher.value()).find();
  }
}
