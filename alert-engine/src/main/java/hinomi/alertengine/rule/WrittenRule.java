package hinomi.alertengine.rule;

import hinomi.settings.Mistake;
import hinomi.settings.Section;
import java.util.List;

/// A rule as it stands in its file: where each part of it is. The places are asked for with what is
/// to be said about them.
public final class WrittenRule {
  private final Merged keys;
  private final String nameKey;
  private final boolean ofKind;
  private final List<Rule> rules;

  WrittenRule(Merged keys, String nameKey, boolean ofKind, List<Rule> rules) {
    this.keys = keys;
    this.nameKey = nameKey;
    this.ofKind = ofKind;
    this.rules = List.copyOf(rules);
  }

  /// What it comes to: one rule, or those that its kind generates.
  public List<Rule> rules() {
    return rules;
  }

  /// Whether its expression was generated, and does not stand in the file.
  public boolean isOfKind() {
    return ofKind;
  }

  /// On which it begins, from 1.
  public int line() {
    return keys.own().line("");
  }

  public Mistake atName(String text) {
    return keys.at(nameKey).place(nameKey, text);
  }

  /// @param offset characters from the expression's beginning
  public Mistake atExpression(int offset, String text) {
    return keys.has("expr") ? keys.at("expr").place("expr", offset, text) : atName(text);
  }

  /// At the value of a label; where the group gives it, at the rule's name.
  public Mistake atLabel(String label, String text) {
    return at("labels", label, 0, text);
  }

  /// @param offset characters from the annotation's beginning
  public Mistake atAnnotation(String annotation, int offset, String text) {
    return at("annotations", annotation, offset, text);
  }

  private Mistake at(String map, String key, int offset, String text) {
    Section section = keys.at(map).section(map);
    return section.has(key) ? section.place(key, offset, text) : atName(text);
  }
}
