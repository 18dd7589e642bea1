package hinomi.rulelint.check;

import java.util.Locale;

/// How bad a finding is.
public enum Severity {
  /// The rule cannot do what it is written for.
  ERROR,
  /// It does what it is written for until the day on which it matters.
  WARNING,
  /// Worth a look; nothing is wrong yet.
  NOTE;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
