package hinomi.servicelevels.component;

import hinomi.model.Text;
import java.util.List;

/// Something that customers may ask about, and that is measured.
///
/// @param id stable: it stands in links, in rules' labels and in the ledger
/// @param parent id of the component it belongs to, or the empty string at the top
/// @param name public name
/// @param description one public line, or empty
/// @param dependsOn ids of those that it needs to work
public record Component(
    String id, String parent, Text name, Text description, List<String> dependsOn) {
  public Component {
    dependsOn = List.copyOf(dependsOn);
  }
}
