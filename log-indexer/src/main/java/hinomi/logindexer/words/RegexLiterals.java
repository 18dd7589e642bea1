package hinomi.logindexer.words;

import java.util.ArrayList;
import java.util.List;

/// Reads out of an RE2 expression literals that every match must hold. It understands the simple
/// part of the syntax and says nothing about the rest: saying less is slower, never wrong.
/// Immutable once made.
public final class RegexLiterals {
  private final String regex;
  private final List<List<String>> alternatives = new ArrayList<>();
  private List<String> literals = new ArrayList<>();
  private final StringBuilder run = new StringBuilder();
  private boolean anyCase;
  private int at;

  private RegexLiterals(String regex) {
    this.regex = regex;
  }

  public static RegexLiterals of(String regex) {
    RegexLiterals literals = new RegexLiterals(regex);
    if (!literals.read()) {
      literals.alternatives.clear();
    }
    return literals;
  }

  /// Alternatives, of which one must hold with all its literals. An alternative without literals
  /// holds always; no alternatives at all mean that nothing is known.
  public List<List<String>> alternatives() {
    return List.copyOf(alternatives);
  }

  /// Whether a line may match: much cheaper to ask than the expression.
  public boolean mayMatch(String line) {
    if (alternatives.isEmpty()) {
      return true;
    }
    String text = anyCase ? Fold.fold(line) : line;
    for (List<String> all : alternatives) {
      if (all.stream().allMatch(literal -> text.contains(anyCase ? Fold.fold(literal) : literal))) {
        return true;
      }
    }
    return false;
  }

  private boolean read() {
    if (regex.startsWith("(?i)")) {
      anyCase = true;
      at = 4;
    }
    int inner = wrapped();
    int end = inner > 0 ? regex.length() - 1 : regex.length();
    at = inner > 0 ? inner : at;
    while (at < end) {
      if (!piece(end)) {
        return false;
      }
    }
    endAlternative();
    return true;
  }

  /// Where the inside begins when one group is the whole rest, as in `(?i)(a|b)`; else 0.
  private int wrapped() {
    if (at >= regex.length() || regex.charAt(at) != '(') {
      return 0;
    }
    if (afterGroup(at) != regex.length()) {
      return 0;
    }
    if (regex.startsWith("(?:", at)) {
      return at + 3;
    }
    return regex.startsWith("(?", at) ? 0 : at + 1;
  }

  private boolean piece(int end) {
    char c = regex.charAt(at);
    switch (c) {
      case '|' -> {
        endAlternative();
        at++;
      }
      case '*', '?', '{' -> {
        // What is repeated may be absent.
        if (!run.isEmpty()) {
          run.setLength(run.length() - 1);
        }
        endRun();
        at = c == '{' ? regex.indexOf('}', at) + 1 : at + 1;
        return at > 0;
      }
      case '(' -> {
        if (regex.startsWith("(?", at)
            && !regex.startsWith("(?:", at)
            && !regex.startsWith("(?P<", at)) {
          return false; // flags
        }
        endRun();
        at = afterGroup(at);
        return at > 0 && at <= end && afterQuantifier();
      }
      case '[' -> {
        endRun();
        at = afterClass(at);
        return at > 0 && at <= end && afterQuantifier();
      }
      case '\\' -> {
        return escape(end);
      }
      case '.', '^', '$', '+' -> {
        endRun();
        at++;
      }
      default -> literal(c);
    }
    return true;
  }

  private void literal(char c) {
    at++;
    if ((anyCase && c >= 0x80) || Character.isSurrogate(c)) {
      endRun(); // folds of other scripts are not ours to know
    } else {
      run.append(c);
    }
  }

  private boolean escape(int end) {
    if (at + 1 >= end) {
      return false;
    }
    char c = regex.charAt(at + 1);
    if (c < 0x80 && !Character.isLetterOrDigit(c)) {
      at++;
      literal(c);
      return true;
    }
    endRun();
    at += 2;
    return "dDsSwWbBAz".indexOf(c) >= 0 && afterQuantifier();
  }

  /// Steps over `*`, `+`, `?` or `{n,m}` after something that gave no literal.
  private boolean afterQuantifier() {
    if (at < regex.length() && regex.charAt(at) == '{') {
      at = regex.indexOf('}', at) + 1;
      return at > 0;
    }
    while (at < regex.length() && "*+?".indexOf(regex.charAt(at)) >= 0) {
      at++;
    }
    return true;
  }

  /// The position after the group that opens here, or -1.
  private int afterGroup(int open) {
    int depth = 0;
    int i = open;
    while (i < regex.length()) {
      switch (regex.charAt(i)) {
        case '\\' -> i++;
        case '[' -> {
          i = afterClass(i) - 1;
          if (i < 0) {
            return -1;
          }
        }
        case '(' -> depth++;
        case ')' -> depth--;
        default -> {}
      }
      i++;
      if (depth == 0) {
        return i;
      }
    }
    return -1;
  }

  /// The position after the character class that opens here, or -1.
  private int afterClass(int open) {
    int i = open + 1;
    if (i < regex.length() && regex.charAt(i) == '^') {
      i++;
    }
    if (i < regex.length() && regex.charAt(i) == ']') {
      i++;
    }
    while (i < regex.length() && regex.charAt(i) != ']') {
      if (regex.charAt(i) == '[') {
        return -1; // [[:alpha:]]
      }
      i += regex.charAt(i) == '\\' ? 2 : 1;
    }
    return i < regex.length() ? i + 1 : -1;
  }

  private void endRun() {
    if (!run.isEmpty()) {
      literals.add(run.toString());
      run.setLength(0);
    }
  }

  private void endAlternative() {
    endRun();
    alternatives.add(literals);
    literals = new ArrayList<>();
  }
}
