package hinomi.oncall;

import hinomi.oncall.change.Change;
import hinomi.oncall.coverage.Difference;
import java.util.Optional;

/// Another person is on duty than before, at some time ahead.
///
/// @param change that made the difference; empty when the files did
/// @param difference who gets and loses what
public record RosterChange(String schedule, Optional<Change> change, Difference difference) {}
