package hinomi.alertengine.silence;

import hinomi.model.Matcher;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What somebody wants a silence to be.
///
/// @param id of the one to be changed; empty for a new one
/// @param startsAt what has passed means now, unless the silence began then
public record Draft(
    String id,
    List<Matcher> matchers,
    Instant startsAt,
    Instant endsAt,
    String createdBy,
    String comment,
    Map<String, String> annotations) {
  public Draft {
    matchers = List.copyOf(matchers);
    annotations = Map.copyOf(annotations);
  }
}
