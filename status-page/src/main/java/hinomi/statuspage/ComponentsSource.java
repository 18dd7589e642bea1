package hinomi.statuspage;

import hinomi.model.ComponentStatus;
import java.time.Instant;
import java.util.List;

/// Where the page learns how the components are: in the order of the tree, each with the id of its
/// parent. Called every few seconds; a failure leaves the page to expire.
@FunctionalInterface
public interface ComponentsSource {
  List<ComponentStatus> at(Instant now);
}
