package hinomi.rulelint.check;

import java.util.List;

/// Not every feed numbers its messages one by one: a gap means something only where the feed says
/// so.
final class FeedGap implements RuleCheck {
  @Override
  public List<Flaw> of(Subject subject) {
    return Walk.selectors(subject.expr())
        .filter(selector -> selector.name().matches(".*seq(uence)?_gaps?(_.*)?"))
        .filter(selector ->
            selector.matchers().stream().noneMatch(matcher -> matcher.name().equals("contiguous")))
        .map(selector ->
            Flaw.of(
                    Severity.NOTE,
                    selector,
                    "番号が連続しないフィードもあり、そこでは欠番は異常ではありません",
                    "some feeds number their messages with gaps: there, a gap is no loss")
                .advising(
                    "連番のフィードに限る: {contiguous=\"true\"}",
                    "look at feeds without gaps alone: {contiguous=\"true\"}"))
        .toList();
  }
}
