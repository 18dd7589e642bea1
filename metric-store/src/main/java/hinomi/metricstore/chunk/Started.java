package hinomi.metricstore.chunk;

import hinomi.model.Points;

/// A piece of a series of which some samples tell since when they count.
///
/// @param samples without that
/// @param starts that of all samples of the series, these included
public record Started(Piece samples, Starts starts) implements Piece {
  @Override
  public long first() {
    return samples.first();
  }

  @Override
  public long last() {
    return samples.last();
  }

  @Override
  public int count() {
    return samples.count();
  }

  @Override
  public boolean hasStarts() {
    return true;
  }

  @Override
  public void read(long from, long to, Points into) {
    int number = into.size();
    int histogram = into.histogramCount();
    samples.read(from, to, into);
    starts.tell(into, number, histogram);
  }
}
