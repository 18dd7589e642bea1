package hinomi.alertengine.mute;

import hinomi.model.Labels;
import hinomi.model.Matcher;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Planned work as the files of `config/maintenance/` announce it.
public record MaintenanceWindows(List<Window> windows) implements Maintenances {
  /// One piece of work. An alert belongs to it when its label `component` is among the components,
  /// if any are named, and all matchers fit.
  ///
  /// @param to excluded
  public record Window(
      String name, Instant from, Instant to, List<String> components, List<Matcher> matchers) {
    public Window {
      components = List.copyOf(components);
      matchers = List.copyOf(matchers);
    }

    boolean covers(Labels alert, Instant at) {
      return !at.isBefore(from)
          && at.isBefore(to)
          && (components.isEmpty() || components.contains(alert.get("component")))
          && Matcher.allMatch(matchers, alert);
    }
  }

  public MaintenanceWindows {
    windows = List.copyOf(windows);
  }

  @Override
  public Optional<Mute.Maintenance> covering(Labels alert, Instant at) {
    return windows.stream()
        .filter(window -> window.covers(alert, at))
        .max(java.util.Comparator.comparing(Window::to))
        .map(window -> new Mute.Maintenance(window.name(), window.to()));
  }
}
