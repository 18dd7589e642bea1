package hinomi.alertengine.rule.kind;

import hinomi.alertengine.Expressions;

/// What a kind needs to be read.
///
/// @param folder of the rule file, for files that it names
/// @param alert the rule's own name
public record KindWords(
    Expressions expressions, Expressions logs, java.nio.file.Path folder, String alert) {}
