package hinomi.promql.parse;

/// What an expression yields.
public enum Type {
  SCALAR("scalar", "scalar"),
  VECTOR("instant vector", "vector"),
  RANGE("range vector", "matrix"),
  TEXT("string", "string");

  private final String documented;
  private final String brief;

  Type(String documented, String brief) {
    this.documented = documented;
    this.brief = brief;
  }

  /// As the documentation and most messages call it.
  public String documented() {
    return documented;
  }

  /// As the HTTP API calls it.
  public String brief() {
    return brief;
  }
}
