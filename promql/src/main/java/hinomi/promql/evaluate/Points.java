package hinomi.promql.evaluate;

/// Applies a function of single values to all elements of a vector, which lose their metric's name.
final class Points {
  private Points() {}

  static Value apply(Arguments arguments, Functions.OfPoint function) {
    Value.Vector vector = arguments.vector(0);
    double[][] scalars = new double[arguments.count() - 1][];
    for (int i = 0; i < scalars.length; i++) {
      scalars[i] = arguments.scalar(i + 1);
    }
    double[] beside = new double[scalars.length];
    Rows rows = new Rows();
    for (Row row : vector.rows()) {
      arguments.budget().check();
      double[] result = arguments.row();
      for (int step = 0; step < result.length; step++) {
        double value = row.values()[step];
        if (Row.isPresent(value)) {
          for (int i = 0; i < beside.length; i++) {
            beside[i] = scalars[i][step];
          }
          result[step] = function.apply(value, beside);
        }
      }
      rows.add(Rows.withoutMetric(row.labels()), result);
    }
    return rows.vector();
  }
}
