package hinomi.alertengine.route;

import hinomi.alertengine.oncall.OnCall;
import hinomi.model.Labels;
import java.util.List;

/// Chooses an alert's [Route]: `severity: page` climbs the ladder that the label `ladder` names.
///
/// @param groupBy labels that split alerts into groups
public record Router(List<String> groupBy, OnCall onCall) {
  public Router {
    groupBy = List.copyOf(groupBy);
  }

  public Route route(Labels labels) {
    boolean page = labels.get("severity").equals("page");
    String wanted = labels.has("ladder") ? labels.get("ladder") : OnCall.DEFAULT;
    return new Route(page, onCall.ladder(wanted).id(), labels.only(groupBy));
  }
}
