package hinomi.oncall.roster;

import hinomi.model.Text;
import hinomi.oncall.rotation.Holidays;
import hinomi.oncall.rotation.Layer;
import hinomi.oncall.rotation.WallClock;
import java.util.List;

/// Who is on duty when, as it is written (当番表).
///
/// @param clock in whose local time it is written
/// @param layers the later is higher: where it names somebody, those below do not count
/// @param fallback who is on duty where nobody else is; empty for nobody
/// @param approvers who may approve a swap; none means that the partner's word is enough
public record Schedule(
    String id,
    Text name,
    WallClock clock,
    Holidays holidays,
    List<Layer> layers,
    String fallback,
    List<String> approvers) {
  public Schedule {
    layers = List.copyOf(layers);
    approvers = List.copyOf(approvers);
  }
}
