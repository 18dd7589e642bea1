package hinomi.statuspage;

import hinomi.model.Incident;
import java.util.List;

/// Where the page learns what was published of the incidents, newest first. Called every few
/// seconds; a failure leaves the page to expire.
@FunctionalInterface
public interface IncidentsSource {
  List<Incident> published();
}
