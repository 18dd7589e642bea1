package hinomi.agent.backfill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hinomi.model.BadInput;
import hinomi.model.Labels;
import hinomi.model.Sample;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What VictoriaMetrics exports by `/api/v1/export`: a JSON object a line, with `metric`, `values`
/// and `timestamps` in milliseconds.
public final class ExportLines implements PastSamples {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final BufferedReader lines;
  private final List<Sample> rest = new ArrayList<>();
  private long line;

  public ExportLines(BufferedReader lines) {
    this.lines = lines;
  }

  @Override
  public List<Sample> next() throws IOException {
    String text = "";
    while (rest.size() < PIECE && text != null) {
      text = lines.readLine();
      line++;
      if (text != null && !text.isBlank()) {
        rest.addAll(samples(text));
      }
    }
    List<Sample> piece = rest.subList(0, Math.min(PIECE, rest.size()));
    List<Sample> samples = List.copyOf(piece);
    piece.clear();
    return samples;
  }

  private List<Sample> samples(String text) {
    JsonNode node;
    try {
      node = JSON.readTree(text);
    } catch (IOException e) {
      throw wrong("no JSON: " + e.getMessage());
    }
    Labels.Builder labels = Labels.builder();
    node.path("metric")
        .properties()
        .forEach(entry -> labels.set(entry.getKey(), entry.getValue().asText()));
    Labels series = labels.build();
    JsonNode values = node.path("values");
    JsonNode timestamps = node.path("timestamps");
    if (series.get(Labels.NAME).isEmpty() || values.size() != timestamps.size()) {
      throw wrong("expected metric with __name__, and as many values as timestamps");
    }
    List<Sample> samples = new ArrayList<>(values.size());
    for (int i = 0; i < values.size(); i++) {
      if (!timestamps.get(i).isIntegralNumber()) {
        throw wrong("a timestamp is no whole number: " + timestamps.get(i));
      }
      samples.add(new Sample(series, timestamps.get(i).longValue(), value(values.get(i))));
    }
    return samples;
  }

  /// JSON has no numbers for these three, which come as text, or as null.
  private double value(JsonNode value) {
    if (value.isNumber()) {
      return value.doubleValue();
    }
    return switch (value.asText()) {
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      case "NaN", "null" -> Double.NaN;
      default -> throw wrong("expected a number, got " + value);
    };
  }

  private BadInput wrong(String complaint) {
    return new BadInput("line " + line + ": " + complaint);
  }
}
