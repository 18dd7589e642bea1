package hinomi.alertengine.route;

import hinomi.model.BadInput;
import hinomi.model.Matcher;
import java.util.List;

/// Matchers as Alertmanager's users write them (Alertmanager, docs/configuration, "Matcher"):
/// `{foo="bar",baz=~"q.*"}` with or without braces. Since Alertmanager 0.27 names and values may be
/// any UTF-8 text in quotes; what that grammar refuses, or reads otherwise than the older one did,
/// keeps its older meaning. A mistake is a [BadInput] with its place in the text.
public final class MatcherText {
  private MatcherText() {}

  /// Any number of matchers; none is none.
  public static List<Matcher> parse(String text) {
    List<Matcher> quoted;
    try {
      quoted = new QuotedMatchers(text).all();
    } catch (BadInput asQuoted) {
      try {
        return ClassicMatchers.all(text);
      } catch (BadInput _) {
        throw asQuoted; // the newer grammar tells the place
      }
    }
    try {
      List<Matcher> classic = ClassicMatchers.all(text);
      return classic.equals(quoted) ? quoted : classic;
    } catch (BadInput _) {
      return quoted;
    }
  }

  /// Exactly one matcher, as in an entry of `matchers:` in a list.
  public static Matcher one(String text) {
    List<Matcher> all = parse(text);
    if (all.size() != 1) {
      throw new BadInput(
          all.isEmpty() ? "no matchers" : "expected 1 matcher, found " + all.size(), 0);
    }
    return all.getFirst();
  }
}
