package hinomi.ruletests;

import hinomi.model.BadInput;
import hinomi.model.HistogramSample;
import hinomi.model.Labels;
import hinomi.model.Sample;
import hinomi.promql.Answer;
import hinomi.promql.notation.Point;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// One element of a query's answer, expected or come.
record Answered(Labels labels, Point value) {
  /// Sorted by labels; an answer that is no vector is a [BadInput].
  static List<Answered> of(Answer answer) {
    List<Answered> got = new ArrayList<>();
    switch (answer) {
      case Answer.Scalar scalar ->
          got.add(new Answered(Labels.EMPTY, new Point.Plain(scalar.value())));
      case Answer.Vector vector -> {
        for (Sample sample : vector.samples()) {
          got.add(new Answered(sample.labels(), new Point.Plain(sample.value())));
        }
        for (HistogramSample sample : vector.histograms()) {
          got.add(new Answered(sample.labels(), new Point.Native(sample.value(), true)));
        }
      }
      case Answer.Matrix _, Answer.Text _ ->
          throw new BadInput("rule result is not a vector or scalar");
    }
    got.sort(Comparator.comparing(Answered::labels));
    return got;
  }
}
