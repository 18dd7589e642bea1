package hinomi.model;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A condition on one label, as in `{job=~"api.*"}`. An absent label has the empty value. Regular
/// expressions are RE2 (linear time), anchored at both ends, and `.` matches a newline, as in
/// Prometheus.
public final class Matcher {
  /// The four operators of PromQL and LogQL selectors.
  public enum Kind {
    EQUAL("="),
    NOT_EQUAL("!="),
    REGEX("=~"),
    NOT_REGEX("!~");

    private final String sign;

    Kind(String sign) {
      this.sign = sign;
    }

    public String sign() {
      return sign;
    }
  }

  private final Kind kind;
  private final String name;
  private final String value;
  private final @Nullable Pattern pattern;

  /// A regular expression that does not parse is a [BadInput].
  public Matcher(Kind kind, String name, String value) {
    this.kind = kind;
    this.name = name;
    this.value = value;
    this.pattern = kind == Kind.REGEX || kind == Kind.NOT_REGEX ? compiled(value) : null;
  }

  private static Pattern compiled(String value) {
    RegexCost.check(value);
    try {
      return Pattern.compile("^(?s:" + value + ")$");
    } catch (PatternSyntaxException e) {
      throw new BadInput(
          new Text(
              "正規表現「%s」が正しくありません: %s".formatted(value, japanese(e.getDescription())),
              "bad regular expression \"" + value + "\": " + e.getDescription()),
          BadInput.NOWHERE);
    }
  }

  /// What RE2 says of an expression.
  private static String japanese(String description) {
    return switch (description) {
      case "missing closing )" -> "閉じ括弧「)」がありません";
      case "unexpected )" -> "余分な「)」があります";
      case "missing closing ]" -> "閉じ括弧「]」がありません";
      case "missing argument to repetition operator" -> "繰り返しの対象がありません";
      case "invalid nested repetition operator" -> "繰り返しが重なっています";
      case "invalid repeat count" -> "繰り返しの回数が正しくありません";
      case "invalid escape sequence" -> "エスケープが正しくありません";
      case "trailing backslash at end of expression" -> "末尾に「\\」があります";
      case "invalid character class range" -> "文字の範囲が正しくありません";
      case "invalid or unsupported Perl syntax" -> "使えない Perl の構文です";
      default -> description;
    };
  }

  public static Matcher equal(String name, String value) {
    return new Matcher(Kind.EQUAL, name, value);
  }

  public Kind kind() {
    return kind;
  }

  public String name() {
    return name;
  }

  public String value() {
    return value;
  }

  /// Whether a label of this value fits; the empty string stands for an absent label.
  public boolean matches(String candidate) {
    return switch (kind) {
      case EQUAL -> value.equals(candidate);
      case NOT_EQUAL -> !value.equals(candidate);
      case REGEX -> Objects.requireNonNull(pattern).matches(candidate);
      case NOT_REGEX -> !Objects.requireNonNull(pattern).matches(candidate);
    };
  }

  public boolean matches(Labels labels) {
    return matches(labels.get(name));
  }

  public static boolean allMatch(List<Matcher> matchers, Labels labels) {
    for (Matcher matcher : matchers) {
      if (!matcher.matches(labels)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Matcher matcher
        && kind == matcher.kind
        && name.equals(matcher.name)
        && value.equals(matcher.value);
  }

  @Override
  public int hashCode() {
    return Objects.hash(kind, name, value);
  }

  /// As Alertmanager writes it (pkg/labels, `Matcher.String`) and reads it again.
  @Override
  public String toString() {
    return (name.chars().anyMatch(Matcher::isReserved) ? quoted(name) : name)
        + kind.sign()
        + quoted(value);
  }

  private static boolean isReserved(int letter) {
    return Character.isWhitespace(letter) || "{}!=~,\\\"'`".indexOf(letter) >= 0;
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\n", "\\n").replace("\"", "\\\"") + '"';
  }
}
