package hinomi.promql.parse;

import java.util.List;

/// What a function takes and gives.
///
/// @param optional how many of the last argument may be given or left out: 0 exactly one, 1 none or
///   one, [#ANY] as many as one likes
/// @param experimental whether it may still change in Prometheus
public record Signature(
    String name, List<Type> arguments, int optional, Type returns, boolean experimental) {
  static final int ANY = -1;

  public Signature {
    arguments = List.copyOf(arguments);
  }

  Type argument(int i) {
    return arguments.get(Math.min(i, arguments.size() - 1));
  }
}
