package hinomi.logindexer;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import hinomi.logindexer.words.RegexLiterals;
import hinomi.logindexer.words.WordQuery;
import hinomi.model.BadInput;
import hinomi.model.RegexCost;
import java.util.List;

/// A condition on the text of a line. Exact: what the index cannot tell, the line is read for.
public sealed interface LineFilter {
  boolean matches(String line);

  /// The line holds this text; case counts. An empty one is in every line.
  record Contains(String text) implements LineFilter {
    @Override
    public boolean matches(String line) {
      return line.contains(text);
    }
  }

  /// The line holds a match of an RE2 expression, which is not anchored.
  record Regex(Pattern pattern, RegexLiterals literals) implements LineFilter {
    /// An expression that does not parse, or is out of all proportion, is a [BadInput].
    public static Regex of(String regex) {
      RegexCost.check(regex);
      try {
        return new Regex(Pattern.compile(regex), RegexLiterals.of(regex));
      } catch (PatternSyntaxException e) {
        throw new BadInput("bad regular expression \"" + regex + "\": " + e.getDescription());
      }
    }

    @Override
    public boolean matches(String line) {
      return literals.mayMatch(line) && pattern.matcher(line).find();
    }
  }

  /// The line has all words of a query; see [WordQuery].
  record Words(WordQuery query) implements LineFilter {
    @Override
    public boolean matches(String line) {
      return query.matches(line);
    }
  }

  /// Any of these holds.
  record AnyOf(List<LineFilter> filters) implements LineFilter {
    public AnyOf {
      filters = List.copyOf(filters);
    }

    @Override
    public boolean matches(String line) {
      for (LineFilter each : filters) {
        if (each.matches(line)) {
          return true;
        }
      }
      return false;
    }
  }

  /// This does not hold.
  record Not(LineFilter filter) implements LineFilter {
    @Override
    public boolean matches(String line) {
      return !filter.matches(line);
    }
  }
}
