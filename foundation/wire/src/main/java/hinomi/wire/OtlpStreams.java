package hinomi.wire;

import hinomi.model.Labels;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Divides a resource's attributes into those that tell streams apart and those that only go along.
///
/// @param stream the stream's labels
/// @param metadata what goes along with every line
record OtlpStreams(Labels stream, Map<String, String> metadata) {
  /// The OpenTelemetry Collector's hint that names more attributes to become stream labels.
  static final String HINT = "loki.resource.labels";

  /// Loki's own list (its `default_resource_attributes_as_index_labels`).
  private static final Set<String> INDEXED =
      Set.of(
          "service.name",
          "service.namespace",
          "service.instance.id",
          "deployment.environment",
          "deployment.environment.name",
          "cloud.region",
          "cloud.availability_zone",
          "container.name",
          "k8s.cluster.name",
          "k8s.namespace.name",
          "k8s.pod.name",
          "k8s.container.name",
          "k8s.deployment.name",
          "k8s.replicaset.name",
          "k8s.statefulset.name",
          "k8s.daemonset.name",
          "k8s.cronjob.name",
          "k8s.job.name");

  static OtlpStreams of(List<KeyValue> attributes) {
    Set<String> indexed = new HashSet<>(INDEXED);
    boolean hinted = false;
    for (KeyValue pair : attributes) {
      if (pair.getKey().equals(HINT)) {
        hinted = true;
        indexed.addAll(names(pair.getValue()));
      }
    }
    Map<String, String> stream = new TreeMap<>();
    Map<String, String> metadata = new TreeMap<>();
    for (KeyValue pair : attributes) {
      if (indexed.contains(pair.getKey())) {
        stream.put(pair.getKey(), OtlpValues.text(pair.getValue()));
      } else if (!pair.getKey().equals(HINT)) {
        flatten(pair.getKey(), pair.getValue(), metadata);
      }
    }
    if (!hinted) {
      stream.putIfAbsent("service.name", "unknown_service");
    }
    return new OtlpStreams(Labels.of(OtlpNames.labels(stream)), metadata);
  }

  private static List<String> names(AnyValue hint) {
    return hint.hasArrayValue()
        ? hint.getArrayValue().getValuesList().stream().map(AnyValue::getStringValue).toList()
        : Arrays.stream(OtlpValues.text(hint).split(",")).map(String::strip).toList();
  }

  /// Adds an attribute to a line's metadata, a map key by key: `user{id}` becomes `user_id`.
  static void flatten(String key, AnyValue value, Map<String, String> into) {
    if (value.hasKvlistValue()) {
      for (KeyValue pair : value.getKvlistValue().getValuesList()) {
        flatten(key + "_" + pair.getKey(), pair.getValue(), into);
      }
    } else {
      into.put(key, OtlpValues.text(value));
    }
  }
}
