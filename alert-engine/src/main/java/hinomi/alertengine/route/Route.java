package hinomi.alertengine.route;

import hinomi.model.Labels;

/// Where an alert goes. Alerts of equal routes form one group.
///
/// @param page wakes people up the ladder; otherwise the ladder's first step is told once
/// @param ladder id
/// @param labels that the alerts of the group have in common by configuration
public record Route(boolean page, String ladder, Labels labels) {
  /// As Alertmanager writes it: route, then group labels.
  public String key() {
    return "{}/{severity=\"%s\",ladder=\"%s\"}:%s"
        .formatted(page ? "page" : "notice", ladder, labels.isEmpty() ? "{}" : labels);
  }
}
