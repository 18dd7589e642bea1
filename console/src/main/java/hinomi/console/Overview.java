package hinomi.console;

import hinomi.model.ComponentStatus;
import hinomi.model.Incident;
import java.time.Instant;
import java.util.List;

/// Everything at one moment.
///
/// @param alerts open groups, worst first
/// @param incidents those that are open, newest first
public record Overview(
    Instant now,
    Reading<List<AlertGroup>> alerts,
    Reading<List<Incident>> incidents,
    Reading<List<ComponentStatus>> components,
    Reading<List<Host>> hosts) {}
