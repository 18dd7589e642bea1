package hinomi.rulelint;

import hinomi.model.Language;
import hinomi.model.Text;
import hinomi.rulelint.check.Severity;
import hinomi.settings.Mistake;
import java.util.Comparator;

/// What was found in a file that has no mistakes and still may not do what is meant.
///
/// @param check its name, by which it can be switched off
/// @param rule the name of the rule, route or receiver
/// @param place file, line and column, with the line itself
/// @param what is wrong, and what comes of it
/// @param advice what to write instead, or empty
public record Finding(
    String check, Severity severity, String rule, Mistake place, Text what, Text advice) {
  static final Comparator<Finding> ORDER =
      Comparator.comparing(Finding::place).thenComparing(Finding::check);

  public boolean isMoreThanNote() {
    return severity != Severity.NOTE;
  }

  /// Place, text and name of the check, the line with a caret, the advice: as a terminal shows it.
  public String shown(Language language) {
    String shown =
        place.saying(word(language) + ": " + what.in(language) + " [" + check + "]").shown();
    return advice.isEmpty() ? shown : shown + "\n  → " + advice.in(language);
  }

  private String word(Language language) {
    return switch (language) {
      case EN -> severity.word();
      case JA ->
          switch (severity) {
            case ERROR -> "誤り";
            case WARNING -> "注意";
            case NOTE -> "参考";
          };
    };
  }
}
