package hinomi.alertengine.state;

import hinomi.alertengine.state.AlertStates.Element;
import hinomi.alertengine.state.AlertStates.Grounds;
import hinomi.model.Labels;
import java.util.Map;

/// What an evaluation found out about a rule's series.
public sealed interface Finding {
  /// The value that was found for an alert; NaN for none.
  double value(Labels labels);

  /// The query answered.
  ///
  /// @param elements series that are wrong, by final labels
  /// @param recovering series that are not yet right again: their alerts go on firing
  /// @param grounds on which alerts are resolved
  /// @param silent of the series that are gone the elements of alerts of their own
  record Answered(
      Map<Labels, Element> elements,
      Map<Labels, Element> recovering,
      Grounds grounds,
      Map<Labels, Element> silent)
      implements Finding {
    @Override
    public double value(Labels labels) {
      Element element =
          elements.containsKey(labels) ? elements.get(labels) : recovering.get(labels);
      return element == null ? Double.NaN : element.value();
    }
  }

  /// The query failed.
  ///
  /// @param error element of the alert of its own
  record Failed(String reason, Element error) implements Finding {
    @Override
    public double value(Labels labels) {
      return Double.NaN;
    }
  }

  /// It is not the time to judge.
  record Outside(String reason) implements Finding {
    @Override
    public double value(Labels labels) {
      return Double.NaN;
    }
  }
}
