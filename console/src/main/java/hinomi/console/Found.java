package hinomi.console;

import hinomi.model.Sample;
import hinomi.model.Series;
import java.util.List;

/// What a PromQL expression came to.
public sealed interface Found {
  /// What there is to say about the answer: warnings first.
  List<String> remarks();

  /// At one time.
  record Samples(List<Sample> samples, List<String> remarks) implements Found {
    public Samples {
      samples = List.copyOf(samples);
      remarks = List.copyOf(remarks);
    }
  }

  /// Over a range.
  record Lines(List<Series> series, List<String> remarks) implements Found {
    public Lines {
      series = List.copyOf(series);
      remarks = List.copyOf(remarks);
    }
  }

  /// A text literal.
  record Words(String text, List<String> remarks) implements Found {
    public Words {
      remarks = List.copyOf(remarks);
    }
  }
}
