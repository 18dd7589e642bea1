package hinomi.console;

import hinomi.model.Labels;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// What keeps alerts from being told now. Those that nothing keeps are left out.
@FunctionalInterface
public interface Holds {
  Map<Labels, List<Hold>> over(Collection<Labels> alerts);
}
