package hinomi.promql;

import hinomi.model.HistogramSample;
import hinomi.model.Sample;
import hinomi.model.Series;
import java.util.List;

/// What an expression came to, with what there is to say about it: `warnings` when the answer may
/// be wrong, `infos` when the question may be.
public sealed interface Answer {
  List<String> warnings();

  List<String> infos();

  /// Of an instant query; all samples carry its time. In the order the expression gave them,
  /// numbers and histograms apart.
  record Vector(
      List<Sample> samples,
      List<HistogramSample> histograms,
      List<String> warnings,
      List<String> infos)
      implements Answer {
    public Vector {
      samples = List.copyOf(samples);
      histograms = List.copyOf(histograms);
      warnings = List.copyOf(warnings);
      infos = List.copyOf(infos);
    }
  }

  /// Of a range query, or of an instant query for a range vector; sorted by labels.
  record Matrix(List<Series> series, List<String> warnings, List<String> infos) implements Answer {
    public Matrix {
      series = List.copyOf(series);
      warnings = List.copyOf(warnings);
      infos = List.copyOf(infos);
    }
  }

  /// @param timestamp milliseconds since the epoch
  record Scalar(long timestamp, double value, List<String> warnings, List<String> infos)
      implements Answer {
    public Scalar {
      warnings = List.copyOf(warnings);
      infos = List.copyOf(infos);
    }
  }

  /// @param timestamp milliseconds since the epoch
  record Text(long timestamp, String value, List<String> warnings, List<String> infos)
      implements Answer {
    public Text {
      warnings = List.copyOf(warnings);
      infos = List.copyOf(infos);
    }
  }
}
