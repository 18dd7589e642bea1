package hinomi.alertengine.route;

import java.time.Duration;

/// When a group is told about.
///
/// @param groupWait after its first alert
/// @param interval at least between two messages about changes
/// @param partInterval the same, when all that changed is that some alerts were resolved
/// @param repeat between reminders of what still fires
public record PageTimes(
    Duration groupWait, Duration interval, Duration partInterval, Duration repeat) {}
