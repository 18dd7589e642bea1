package hinomi.alertengine.state;

import hinomi.alertengine.rule.Watch.Action;
import hinomi.alertengine.rule.Watch.Unjudged;
import hinomi.model.Labels;
import java.util.Locale;

/// Why a series cannot be judged. An alert of its own that says so has the name and the labels of
/// the rule's other alerts, so that routes and silences made for them fit it, and one label more,
/// which keeps the two apart.
public enum Unjudgeable {
  NODATA,
  ERROR;

  /// The label that tells such an alert from one that the expression raised; its value is the
  /// constant's name in small letters.
  public static final String LABEL = Unjudged.LABEL;

  private static final String SEVERITY = "severity";
  private static final String PAGE = "page";

  /// Whether an alert is one of these.
  public boolean is(Labels labels) {
    return labels.get(LABEL).equals(word());
  }

  /// The labels of the alert of its own.
  ///
  /// @param labels that an alert of the expression has, or would have
  public Labels own(Labels labels, Action action) {
    Labels own = labels.with(LABEL, word());
    boolean pages = labels.get(SEVERITY).equals(PAGE);
    if (action == Action.PAGE && !pages) {
      return own.with(SEVERITY, PAGE);
    }
    return action == Action.NOTICE && pages ? own.with(SEVERITY, "notice") : own;
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
