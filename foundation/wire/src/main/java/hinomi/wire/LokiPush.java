package hinomi.wire;

import com.fasterxml.jackson.databind.JsonNode;
import hinomi.model.Admission;
import hinomi.model.BadInput;
import hinomi.model.Labels;
import hinomi.model.LogRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Loki's push API (`POST /loki/api/v1/push`, Grafana Loki HTTP API), JSON and protobuf. In JSON a
/// value's third element is its structured metadata, and label values that are no strings are taken
/// as their JSON text. Stateless; any thread.
public final class LokiPush {
  static final String NO_LABELS = "at least one label pair is required for each stream";

  private LokiPush() {}

  /// What a request held.
  ///
  /// @param records in the order of the message
  /// @param refusals lines that cannot be taken, by reason: `no_labels`, `bad_labels`, `bad_entry`
  public record Decoded(List<LogRecord> records, List<Admission.Refusal> refusals) {
    public Decoded {
      records = List.copyOf(records);
      refusals = List.copyOf(refusals);
    }
  }

  /// Decodes a body whose compression is off. What is no JSON, or no list of streams, is a
  /// [BadInput]; single bad entries are refused and the rest decoded.
  public static Decoded decode(byte[] body) {
    List<LogRecord> records = new ArrayList<>();
    Refusals refusals = new Refusals();
    JsonNode streams = Json.object(body).path("streams");
    if (!streams.isArray() && !streams.isNull() && !streams.isMissingNode()) {
      throw new BadInput("\"streams\" is not a list");
    }
    for (JsonNode stream : streams) {
      stream(stream, records, refusals);
    }
    return new Decoded(records, refusals.toList());
  }

  /// Decodes a `logproto.PushRequest` after its snappy is off, with the same promises.
  public static Decoded decodeProtobuf(byte[] message) {
    return new LokiProtobuf(message).decode();
  }

  private static void stream(JsonNode stream, List<LogRecord> records, Refusals refusals) {
    JsonNode values = stream.path("values");
    if (!stream.path("stream").isObject() || !(values.isArray() || values.isNull())) {
      throw new BadInput(
          "a stream needs \"stream\", an object of labels, and \"values\", a list of entries");
    }
    if (values.isEmpty()) {
      return;
    }
    Labels labels;
    try {
      labels = labels(stream.path("stream"));
    } catch (BadInput e) {
      refusals.add("bad_labels", values.size(), e.reason());
      return;
    }
    if (labels.isEmpty()) {
      refusals.add("no_labels", values.size(), NO_LABELS);
      return;
    }
    for (JsonNode value : values) {
      try {
        records.add(entry(labels, value));
      } catch (BadInput e) {
        refusals.add("bad_entry", 1, e.reason());
      }
    }
  }

  private static Labels labels(JsonNode object) {
    Labels.Builder labels = Labels.builder();
    for (Map.Entry<String, JsonNode> pair : object.properties()) {
      JsonNode value = pair.getValue();
      labels.add(pair.getKey(), value.isTextual() ? value.textValue() : value.toString());
    }
    return labels.build();
  }

  private static LogRecord entry(Labels stream, JsonNode value) {
    if (!value.isArray() || value.size() < 2 || value.size() > 3 || !value.get(1).isTextual()) {
      throw new BadInput("an entry is not [\"nanoseconds\", \"line\", {metadata}?]");
    }
    Labels metadata = value.size() == 3 ? metadata(value.get(2)) : Labels.EMPTY;
    return new LogRecord(stream, timestamp(value.get(0)), value.get(1).textValue(), metadata);
  }

  private static long timestamp(JsonNode node) {
    try {
      if (node.isTextual()) {
        return Long.parseLong(node.textValue());
      }
    } catch (NumberFormatException e) {
      // Said below, in the same words as for what is no string.
    }
    throw new BadInput("an entry's time is not a string of nanoseconds: " + node);
  }

  private static Labels metadata(JsonNode node) {
    if (!node.isObject()) {
      throw new BadInput("an entry's metadata is not an object");
    }
    Labels.Builder metadata = Labels.builder();
    for (Map.Entry<String, JsonNode> pair : node.properties()) {
      if (!pair.getValue().isTextual()) {
        throw new BadInput("metadata \"" + pair.getKey() + "\" is not a string");
      }
      metadata.add(pair.getKey(), pair.getValue().textValue());
    }
    return metadata.build();
  }
}
