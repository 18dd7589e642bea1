package hinomi.promql.evaluate;

import hinomi.model.Labels;
import hinomi.promql.parse.Quoting;
import java.util.StringJoiner;

/// Label sets as Prometheus' messages write them: `{__name__="up", job="node"}`.
final class Signs {
  private Signs() {}

  static String of(Labels labels) {
    StringJoiner joiner = new StringJoiner(", ", "{", "}");
    labels.forEach((name, value) ->
        joiner.add(
            (Quoting.isPlainLabel(name) ? name : Quoting.quote(name))
                + "="
                + Quoting.quote(value)));
    return joiner.toString();
  }
}
