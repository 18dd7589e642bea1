package hinomi.alertengine.rule;

import hinomi.settings.Section;
import java.util.List;

/// A rule's mapping, which may take keys from another by YAML's merge key, `<<: *other`.
record Merged(Section own) {
  boolean has(String key) {
    return at(key).has(key);
  }

  Section at(String key) {
    if (own.has(key) || !own.has("<<")) {
      return own;
    }
    Section other = own.section("<<");
    touch(other);
    return other;
  }

  /// Keys of the other that this one overrides are known keys nevertheless.
  private static void touch(Section other) {
    for (String key : List.of("alert", "record", "expr", "for", "keep_firing_for")) {
      other.text(key, "");
    }
    other.section("labels").keys();
    other.section("annotations").keys();
    other.section("hinomi").keys();
  }
}
