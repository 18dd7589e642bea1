package hinomi.wire;

import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a resource gives to each of its series: `job` from `service.namespace/service.name`,
/// `instance` from `service.instance.id`, and the rest for `target_info`.
///
/// @param identity `job` and `instance`, as far as known
/// @param rest the other attributes, under label names
record OtlpResource(Map<String, String> identity, Map<String, String> rest) {
  static OtlpResource of(List<KeyValue> attributes) {
    Map<String, String> rest = attributes(attributes);
    Map<String, String> identity = new TreeMap<>();
    String name = taken(rest, "service.name");
    String namespace = taken(rest, "service.namespace");
    if (!name.isEmpty()) {
      identity.put("job", namespace.isEmpty() ? name : namespace + "/" + name);
    }
    String instance = taken(rest, "service.instance.id");
    if (!instance.isEmpty()) {
      identity.put("instance", instance);
    }
    return new OtlpResource(identity, OtlpNames.labels(rest));
  }

  /// Of a key that is given twice the last value counts.
  static Map<String, String> attributes(List<KeyValue> pairs) {
    Map<String, String> map = new TreeMap<>();
    pairs.forEach(pair -> map.put(pair.getKey(), OtlpValues.text(pair.getValue())));
    return map;
  }

  private static String taken(Map<String, String> map, String key) {
    String value = map.remove(key);
    return value == null ? "" : value;
  }
}
