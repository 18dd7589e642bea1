package hinomi.promql.parse;

/// What a selector makes of the ends of its range (experimental; Prometheus, docs/querying/basics,
/// "Extended range selectors").
public enum Reach {
  /// Only the samples inside.
  PLAIN(""),
  /// The ends have the value of the last sample at or before them.
  ANCHORED("anchored"),
  /// The ends have the value between the samples around them.
  SMOOTHED("smoothed");

  private final String word;

  Reach(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  /// As it is written behind a selector.
  String suffix() {
    return word.isEmpty() ? "" : " " + word;
  }
}
