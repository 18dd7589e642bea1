package hinomi.alertengine;

import hinomi.alertengine.external.ExternalAlerts;
import hinomi.alertengine.journal.AlertJournal;
import hinomi.alertengine.mute.Mute;
import hinomi.alertengine.route.RouteNode;
import hinomi.alertengine.silence.SilenceBook;
import hinomi.alertengine.standing.StandingAlerts;
import hinomi.model.Labels;
import hinomi.model.Time;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// What the APIs about alerts and silences ask and change.
///
/// @param routes the tree by which alerts go
/// @param muting what keeps alerts from being told besides silences
/// @param startedAt since when the engine runs
public record AlertDesk(
    StandingAlerts standing,
    ExternalAlerts external,
    SilenceBook silences,
    RouteNode routes,
    Function<Collection<Labels>, Map<Labels, List<Mute>>> muting,
    AlertJournal journal,
    Time time,
    Instant startedAt) {}
