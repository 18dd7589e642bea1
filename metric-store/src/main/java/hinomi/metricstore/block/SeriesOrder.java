package hinomi.metricstore.block;

import hinomi.model.Labels;
import java.util.Comparator;

/// The order of series in a block: by name and value in turn, each by UTF-16 units. It belongs to
/// the format, so it is written down here and not borrowed from whatever [Labels] finds handy.
public final class SeriesOrder implements Comparator<Labels> {
  /// The one order.
  public static final SeriesOrder ORDER = new SeriesOrder();

  private SeriesOrder() {}

  @Override
  public int compare(Labels a, Labels b) {
    int common = Math.min(a.size(), b.size());
    for (int i = 0; i < common; i++) {
      int order = compare(a.name(i), b.name(i));
      if (order == 0) {
        order = compare(a.value(i), b.value(i));
      }
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  /// Neighbours share most of their texts, often the very objects: that is seen at once.
  private static int compare(String a, String b) {
    return a.equals(b) ? 0 : a.compareTo(b);
  }
}
