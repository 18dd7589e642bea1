package hinomi.alertengine.journal;

import hinomi.alertengine.state.Alert;

/// An alert with its rule's id.
public record StoredAlert(String ruleId, Alert alert) {}
