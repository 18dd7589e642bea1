package hinomi.incidentrecords;

import hinomi.model.Text;

/// Who knows how components are called in public.
@FunctionalInterface
public interface ComponentNames {
  /// The public name, or the empty text where there is no such component.
  Text name(String componentId);
}
