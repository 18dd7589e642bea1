package hinomi.agent.backfill;

import hinomi.model.BadInput;
import hinomi.model.Sample;
import java.io.IOException;
import java.util.List;

/// A file of samples with their times, read piece by piece, so that its size does not matter. One
/// thread.
public sealed interface PastSamples permits ExpositionLines, ExportLines {
  /// Samples of one piece, about; what goes into one request.
  int PIECE = 10_000;

  /// The next samples; none at the end.
  ///
  /// @throws BadInput with the line that cannot be read; nothing of its piece was handed out
  List<Sample> next() throws IOException;
}
