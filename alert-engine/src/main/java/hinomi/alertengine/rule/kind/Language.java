package hinomi.alertengine.rule.kind;

/// What a rule's expression is written in.
public enum Language {
  PROMQL,
  LOGQL
}
