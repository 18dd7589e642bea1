package hinomi.alertengine;

import hinomi.model.AlertEvent;

/// Is told that an alert began to fire or was resolved: at least once each, in order for one alert,
/// and after a restart again for all that still fire. Called from one thread at a time; what it
/// throws makes the event come again.
@FunctionalInterface
public interface AlertListener {
  void changed(AlertEvent event);
}
